// The model of the store in memory against the real one: the same random changes, and every outcome, every effect and
// every read is the same. It tests both.
#include <gtest/gtest.h>

#include <set>

#include "simulation/dice.hpp"
#include "simulation/disk.hpp"
#include "store/mentioned.hpp"

namespace parley::simulation {
namespace {

constexpr Timestamp kNow{1'700'000'000'000};
constexpr RoomId kGeneral{1001};

bool equal(const store::Outcome& one, const store::Outcome& other) {
    return one.status == other.status && one.result == other.result && (one.done() || one.refusal == other.refusal);
}

void expect_equal(const store::Effects& one, const store::Effects& other) {
    ASSERT_EQ(one.room_events.size(), other.room_events.size());
    for (std::size_t i = 0; i < one.room_events.size(); ++i) {
        EXPECT_EQ(one.room_events[i].room, other.room_events[i].room);
        EXPECT_EQ(one.room_events[i].event, other.room_events[i].event);
    }
    ASSERT_EQ(one.account_events.size(), other.account_events.size());
    for (std::size_t i = 0; i < one.account_events.size(); ++i) {
        EXPECT_EQ(one.account_events[i].user, other.account_events[i].user);
        EXPECT_EQ(one.account_events[i].event, other.account_events[i].event);
    }
    EXPECT_EQ(one.profiles, other.profiles);
}

class Backends : public testing::TestWithParam<std::uint64_t> {
  protected:
    Backends() { reopen(); }

    void reopen() {
        for (auto* side : {&real_, &model_}) {
            side->writer.reset();
            side->writer = std::move(side->disk->backend().open_writer().value());
            side->reader = std::move(side->disk->backend().open_reader().value());
        }
    }

    UserId somebody() { return UserId(dice_.between(1, 6)); }
    RoomId some_room() { return dice_.one_in(3) ? kGeneral : RoomId(2000 + dice_.below(8)); }
    std::string some_name() { return std::string(1, static_cast<char>('a' + dice_.below(6))) + "x"; }
    store::Operation some_operation() {
        return {somebody(), {OutboxId(dice_.between(1, 3)), dice_.between(1, 60)}, dice_.below(2)};
    }
    store::TokenHash some_token() {
        store::TokenHash hash{};
        hash[0] = static_cast<std::byte>(dice_.below(80));
        return hash;
    }
    Timestamp some_time() { return {kNow.milliseconds + static_cast<std::int64_t>(dice_.below(1'000))}; }

    RoomAccess some_access() { return dice_.one_in(3) ? RoomAccess::by_invitation : RoomAccess::open; }
    NewcomersRead some_rule() { return dice_.one_in(2) ? NewcomersRead::all : NewcomersRead::since_joining; }
    WhoPosts some_posting() { return dice_.one_in(2) ? WhoPosts::everybody : WhoPosts::some; }
    Ordinal some_ordinal() { return Ordinal(dice_.below(12)); }
    Emoji some_emoji() {
        static constexpr std::array kSome{"\U0001F44D", "\u2764\uFE0F", "a", "\U0001F389"};
        return Emoji::cut(kSome[dice_.below(kSome.size())]);
    }

    MessageText some_words(char letter) {
        std::string words(1 + dice_.below(3), letter);
        while (dice_.one_in(3)) words += " <@" + std::to_string(dice_.between(1, 7)) + ">";
        if (dice_.one_in(8)) words += " <!all>";
        return MessageText::cut(words);
    }
    store::EditText some_edit() {
        const auto words = some_words('e');
        return {some_operation(), some_room(), some_ordinal(), words, some_time(), store::mentioned_in(words.view())};
    }
    store::AppendMessage some_post() {
        const auto words = some_words('m');
        const Timestamp time{kNow.milliseconds + static_cast<std::int64_t>(++posts_ * 10)};
        return {some_operation(),
                some_room(),
                words,
                time,
                dice_.one_in(3) ? Ordinal(dice_.below(20)) : Ordinal(),
                store::mentioned_in(words.view())};
    }

    store::Change some_change() {
        const auto what = dice_.below(52);
        return what < 12 ? some_change_of_people() : what < 32 ? some_change_of_rooms() : some_change_of_messages();
    }

    // Accounts, what people choose, their tokens and results.
    store::Change some_change_of_people() {
        switch (dice_.below(12)) {
            case 0:
                return store::RegisterAccount{{OutboxId(dice_.between(1, 3)), 1'000 + dice_.below(4)},
                                              somebody(),
                                              AccountName::cut(some_name()),
                                              dice_.one_in(8) ? "" : "hash",
                                              dice_.one_in(2),
                                              kNow,
                                              dice_.one_in(3) ? "" : some_name(),
                                              dice_.one_in(8)};
            case 1:
                return store::SetNick{some_operation(), Nick::cut(some_name()), dice_.one_in(2) ? "" : some_name()};
            case 2:
                return store::AddToken{somebody(), some_token(), some_time(), some_time()};
            case 3:
                return store::RemoveToken{some_token()};
            case 4:
                return store::ReplacePasswordHash{somebody(), some_name()};
            case 5:
                return store::SetStatus{some_operation(), StatusText::cut(dice_.one_in(3) ? "" : some_name()),
                                        dice_.one_in(2) ? Timestamp{} : some_time()};
            case 6:
                return store::SetAvailability{some_operation(), Availability(dice_.between(1, 4))};
            case 7:
            case 8:
                return store::SetBlock{some_operation(), somebody(), !dice_.one_in(3)};
            case 9:
                return store::NoteSeen{somebody(), some_time()};
            case 10:
                return store::ForgetResults{somebody(), OutboxId(dice_.between(1, 3)), dice_.below(20)};
            default:
                return store::RecordRefusal{some_operation(), dice_.one_in(2) ? Refusal::busy : Refusal::not_a_member};
        }
    }

    // Rooms, and who is in them and has read how far.
    store::Change some_change_of_rooms() {
        switch (dice_.below(20)) {
            case 0:
                return store::CreateRoom{some_operation(), some_room(), RoomName::cut(some_name()), kNow,
                                         some_access()};
            case 1:
            case 2:
                return store::JoinRoom{some_operation(), some_room(), kNow};
            case 3:
                return store::LeaveRoom{some_operation(), some_room(), kNow};
            case 4:
                return store::OpenDirectChat{some_operation(), some_room(), somebody(), kNow};
            case 5:
            case 6:
                return store::SetTopic{some_operation(), some_room(), RoomTopic::cut(std::string(dice_.below(3), 't')),
                                       some_time()};
            case 7:
            case 8:
                return store::RenameRoom{some_operation(), some_room(),
                                         RoomName::cut(dice_.one_in(8) ? "" : some_name()), some_time()};
            case 9:
            case 10:
                return store::InviteToRoom{some_operation(), some_room(), somebody(), some_time()};
            case 11:
                return store::ChangeRoomSettings{some_operation(),
                                                 some_room(),
                                                 dice_.one_in(2) ? std::nullopt : std::optional(some_access()),
                                                 kNow,
                                                 dice_.one_in(3) ? std::nullopt : std::optional(some_rule()),
                                                 dice_.one_in(3) ? std::nullopt : std::optional(some_posting()),
                                                 dice_.one_in(2) ? std::nullopt : std::optional(dice_.one_in(3))};
            case 12:
            case 13:
                return store::SetPoster{some_operation(), some_room(), somebody(), !dice_.one_in(3), some_time()};
            case 14:
                return store::SetFavourite{some_operation(), some_room(), !dice_.one_in(3)};
            case 15:
                return some_group();
            case 16:
            case 17:
            case 18:
                return store::OpenThread{some_operation(), {some_room(), some_ordinal()}, some_room(), some_time()};
            default:
                return store::MoveRead{somebody(), some_room(), {ReadTurn(dice_.below(60)), Ordinal(dice_.below(30))}};
        }
    }

    // Most of them are posts.
    store::Change some_change_of_messages() {
        switch (dice_.below(20)) {
            case 0:
            case 1:
                return some_edit();
            case 2:
                return store::DeleteMessage{some_operation(), some_room(), some_ordinal(), kNow};
            case 3:
            case 4:
            case 5:
                return store::SetReaction{some_operation(), some_room(), some_ordinal(), some_emoji(),
                                          !dice_.one_in(3)};
            case 6:
            case 7:
                return store::SetPin{some_operation(), some_room(), some_ordinal(), !dice_.one_in(3), kNow};
            default:
                return some_post();
        }
    }

    store::Change some_group() {
        const auto operation = some_operation();
        std::set<UserId> people{operation.user};
        for (auto count = dice_.between(2, 4); count > 0; --count) people.insert(somebody());
        store::OpenGroupChat change{operation, some_room(), {}, kNow};
        for (const auto person : people) change.people.push_back(person);
        return change;
    }

    void transaction() {
        ASSERT_TRUE(real_.writer->begin());
        ASSERT_TRUE(model_.writer->begin());
        store::Effects real_effects;
        store::Effects model_effects;
        for (auto count = dice_.between(1, 12); count > 0; --count) {
            const auto change = some_change();
            const auto real = real_.writer->apply(change, real_effects).value();
            const auto model = model_.writer->apply(change, model_effects).value();
            ASSERT_TRUE(equal(real, model))
                << "change " << change.index() << ": status " << static_cast<int>(real.status) << " and "
                << static_cast<int>(model.status);
        }
        expect_equal(real_effects, model_effects);
        const auto end = dice_.below(6);
        if (end == 0) {
            real_.writer->rollback();
            model_.writer->rollback();
        } else if (end == 1) {
            reopen();  // the process ended in the middle of it
        } else {
            ASSERT_TRUE(real_.writer->commit());
            ASSERT_TRUE(model_.writer->commit());
        }
    }

    void compare_people() {
        auto& real = *real_.reader;
        auto& model = *model_.reader;
        for (std::uint64_t i = 1; i <= 6; ++i) {
            const auto one = real.person(UserId(i)).value();
            const auto other = model.person(UserId(i)).value();
            ASSERT_EQ(one.has_value(), other.has_value());
            if (!one) continue;
            EXPECT_EQ(one->profile, other->profile);
            EXPECT_EQ(one->account, other->account);
            EXPECT_EQ(one->rooms, other->rooms);
            EXPECT_EQ(one->availability, other->availability);
            EXPECT_EQ(one->blocked, other->blocked);
            EXPECT_EQ(real.last_seen(UserId(i)).value(), model.last_seen(UserId(i)).value());
            const auto account = real.account(one->profile.account).value().value();
            const auto same = model.account(one->profile.account).value().value();
            EXPECT_EQ(account.profile, same.profile);
            EXPECT_EQ(account.password_hash, same.password_hash);
            EXPECT_EQ(account.registered_by, same.registered_by);
            EXPECT_EQ(account.owner, same.owner);
        }
        EXPECT_EQ(real.has_owner().value(), model.has_owner().value());
        const ProfileRevision after(dice_.below(10));
        EXPECT_EQ(real.profiles_after(after)->profiles, model.profiles_after(after)->profiles);
        EXPECT_EQ(real.profiles_after(after)->revision, model.profiles_after(after)->revision);
        for (int byte = 0; byte < 80; ++byte) {
            store::TokenHash hash{};
            hash[0] = static_cast<std::byte>(byte);
            const auto one = real.token(hash).value();
            const auto other = model.token(hash).value();
            ASSERT_EQ(one.has_value(), other.has_value()) << "token " << byte;
            if (!one) continue;
            EXPECT_EQ(one->user, other->user);
            EXPECT_EQ(one->expires, other->expires);
        }
    }

    void compare_room(RoomId id) {
        auto& real = *real_.reader;
        auto& model = *model_.reader;
        const auto one = real.room(id).value();
        const auto other = model.room(id).value();
        ASSERT_EQ(one.has_value(), other.has_value());
        if (one) {
            EXPECT_EQ(one->kind, other->kind);
            EXPECT_EQ(one->name, other->name);
            EXPECT_EQ(one->head, other->head);
            EXPECT_EQ(one->last_ordinal, other->last_ordinal);
            EXPECT_EQ(one->members, other->members);
            EXPECT_EQ(one->owner, other->owner);
            EXPECT_EQ(one->topic, other->topic);
            EXPECT_EQ(one->settings, other->settings);
            EXPECT_EQ(one->newcomers, other->newcomers);
            EXPECT_EQ(one->posters, other->posters);
        }
        const std::array wanted{some_ordinal(), some_ordinal(), Ordinal(dice_.below(40))};
        EXPECT_EQ(real.messages(id, wanted)->messages, model.messages(id, wanted)->messages);
        EXPECT_EQ(real.messages(id, wanted)->head, model.messages(id, wanted)->head);
        EXPECT_EQ(real.pins(id)->ordinals, model.pins(id)->ordinals);
        EXPECT_EQ(real.pins(id)->head, model.pins(id)->head);
        for (std::uint64_t i = 1; i <= 6; ++i)
            EXPECT_EQ(real.reads_from(id, UserId(i)).value(), model.reads_from(id, UserId(i)).value());
        const Sequence after(dice_.below(20));
        EXPECT_EQ(real.events_after(id, after)->head, model.events_after(id, after)->head);
        EXPECT_EQ(real.events_after(id, after)->events, model.events_after(id, after)->events);
        for (const auto direction : {HistoryDirection::before, HistoryDirection::after, HistoryDirection::around}) {
            const Ordinal at(dice_.below(40));
            const auto limit = dice_.below(12);
            const auto page = real.history(id, direction, at, limit).value();
            const auto same = model.history(id, direction, at, limit).value();
            EXPECT_EQ(page.messages, same.messages) << static_cast<int>(direction) << " " << at.value() << " " << limit;
            EXPECT_EQ(page.changes, same.changes);
            EXPECT_EQ(page.head, same.head);
            EXPECT_EQ(page.last_ordinal, same.last_ordinal);
        }
        const Timestamp time{kNow.milliseconds + static_cast<std::int64_t>(dice_.below(posts_ * 10 + 20))};
        const Ordinal from(dice_.below(posts_ + 3));
        const auto limit = dice_.below(12);
        EXPECT_EQ(real.history_at(id, time, from, limit)->messages, model.history_at(id, time, from, limit)->messages);
    }

    void compare() {
        compare_people();
        compare_room(kGeneral);
        for (std::uint64_t room = 2'000; room < 2'008; ++room) compare_room(RoomId(room));
        const auto after = RoomName::cut(some_name());
        const auto limit = dice_.below(5);
        EXPECT_EQ(real_.reader->directory(after, limit)->rooms, model_.reader->directory(after, limit)->rooms);
        EXPECT_EQ(real_.reader->directory(after, limit)->more, model_.reader->directory(after, limit)->more);
    }

    struct Side {
        std::unique_ptr<Disk> disk;
        std::unique_ptr<store::Writer> writer;
        std::unique_ptr<store::Reader> reader;
    };
    Dice dice_{GetParam()};
    std::uint64_t posts_ = 0;
    Side real_{make_sqlite_disk(), nullptr, nullptr};
    Side model_{make_memory_disk(kGeneral, {}), nullptr, nullptr};
};

TEST_P(Backends, AnswerAlike) {
    for (int round = 0; round < 60 && !HasFatalFailure(); ++round) {
        transaction();
        if (round % 4 == 0) compare();
    }
    compare();
}

INSTANTIATE_TEST_SUITE_P(Seeds, Backends, testing::Range<std::uint64_t>(1, 41));

}  // namespace
}  // namespace parley::simulation
