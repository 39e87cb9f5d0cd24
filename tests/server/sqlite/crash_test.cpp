// A process is killed in the middle of its load; what it had answered is there afterwards, and nothing is there twice.
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <random>
#include <set>

#include "open_store.hpp"

namespace parley::sqlite {
namespace {

struct Acknowledged {
    std::uint64_t number = 0;
    store::Result result;
};
static_assert(std::is_trivially_copyable_v<Acknowledged>);

store::AppendMessage post_number(UserId user, RoomId room, std::uint64_t number) {
    return {{user, {OutboxId(9), number}, number}, room, MessageText::cut("message " + std::to_string(number)), kNow};
}

// Posts in batches from `number` on and writes each result to the pipe after its commit, until it is killed.
[[noreturn]] void post_for_ever(const std::filesystem::path& directory, UserId user, RoomId room, std::uint64_t number,
                                int pipe) {
    const auto backend = SqliteBackend::open(directory);
    const auto writer = (*backend)->open_writer().value();
    for (;;) {
        std::vector<Acknowledged> batch;
        store::Effects effects;
        if (!writer->begin()) ::_exit(2);
        for (int i = 0; i < 5; ++i, ++number)
            batch.push_back({number, writer->apply(post_number(user, room, number), effects)->result});
        if (number % 400 == 1 && !writer->apply(store::ForgetResults{user, OutboxId(9), number - 100}, effects))
            ::_exit(3);
        if (!writer->commit()) ::_exit(4);
        if (::write(pipe, batch.data(), batch.size() * sizeof(Acknowledged)) < 0) ::_exit(5);
    }
}

std::vector<Acknowledged> read_until_killed(int pipe, pid_t child, std::size_t most) {
    std::vector<Acknowledged> seen;
    for (Acknowledged one; ::read(pipe, &one, sizeof one) == sizeof one;) {
        seen.push_back(one);
        if (seen.size() == most) ::kill(child, SIGKILL);
    }
    return seen;
}

TEST(Crash, NothingAnsweredIsLostAndNothingIsDoubled) {
    OpenStore store;
    const auto user = store.register_person("ana");
    const auto room = store.create_room(user, "garden");
    store.close();
    std::mt19937 chance(7);
    std::uint64_t next = 1;
    std::map<std::uint64_t, store::Result> answered;
    for (int round = 0; round < 10; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const auto child = ::fork();
        if (child == 0) post_for_ever(store.directory.path(), user, room, next, ends[1]);
        ::close(ends[1]);
        for (const auto& one : read_until_killed(ends[0], child, 1 + chance() % 300)) answered[one.number] = one.result;
        ::close(ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
        next = answered.empty() ? 1 : answered.rbegin()->first + 1;
    }
    store.open();
    const auto head = store.reader->room(room)->value();
    std::map<std::uint64_t, std::string> texts;
    for (Ordinal at; at < head.last_ordinal;) {
        const auto page = store.reader->history(room, HistoryDirection::after, at, 100).value();
        for (const auto& message : page.messages) {
            EXPECT_EQ(message.ordinal, at.next());
            at = message.ordinal;
            EXPECT_TRUE(texts.emplace(at.value(), message.text.str()).second);
        }
    }
    ASSERT_GT(answered.size(), 100u);
    for (const auto& [number, result] : answered)
        EXPECT_EQ(texts[result.ordinal.value()], "message " + std::to_string(number));
    std::set<std::string> distinct;
    for (const auto& [ordinal, text] : texts) EXPECT_TRUE(distinct.insert(text).second) << text;
}

}  // namespace
}  // namespace parley::sqlite
