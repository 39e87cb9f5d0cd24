#include "open_store.hpp"

namespace parley::sqlite {

OpenStore::OpenStore() {
    open();
}
OpenStore::~OpenStore() = default;

void OpenStore::open() {
    auto backend = SqliteBackend::open(directory.path());
    if (!backend) throw std::runtime_error(backend.error());
    backend_ = *std::move(backend);
    writer = backend_->open_writer().value();
    reader = backend_->open_reader().value();
}

store::Outcome OpenStore::apply(const store::Change& change) {
    effects = {};
    EXPECT_TRUE(writer->begin());
    const auto outcome = writer->apply(change, effects).value();
    EXPECT_TRUE(writer->commit());
    return outcome;
}

template <AlternativeOf<store::Change> One>
store::Outcome OpenStore::apply(const One& change) {
    return apply(store::Change(change));
}

UserId OpenStore::register_person(const char* name) {
    const UserId user(++last_id_);
    const auto outcome =
        apply(store::RegisterAccount{{OutboxId(user.value()), 1}, user, AccountName::cut(name), "hash", true, kNow});
    EXPECT_EQ(outcome.status, store::Status::committed);
    return user;
}

RoomId OpenStore::create_room(UserId user, const char* name) {
    const RoomId room(++last_id_);
    EXPECT_TRUE(apply(store::CreateRoom{operation(user), room, RoomName::cut(name), kNow}).done());
    return room;
}

RoomId OpenStore::general() {
    return reader->directory({}, 1)->rooms.at(0).id;
}

RoomSummary OpenStore::summary(UserId user, RoomId room) {
    const auto person = reader->person(user)->value();
    for (const auto& entry : person.rooms) {
        if (entry.id == room) return entry;
    }
    return {};
}

namespace {

[[maybe_unused, gnu::used]] constexpr auto kApplying =
    for_each_alternative(std::type_identity<store::Change>{}, []<class One>(std::type_identity<One>) {
        return static_cast<store::Outcome (OpenStore::*)(const One&)>(&OpenStore::apply<One>);
    });

}  // namespace

}  // namespace parley::sqlite
