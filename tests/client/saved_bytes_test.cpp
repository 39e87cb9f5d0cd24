#include "client/saved.hpp"

#include <gtest/gtest.h>

namespace parley::client {
namespace {

SavedOperation a_post() {
    return {UserId(11), Timestamp{5}, std::nullopt,
            PostText{OpId{OutboxId(3), 7}, RoomId(21), MessageText::cut("hi 👋")}};
}

SavedView a_view() {
    SavedView view;
    view.self = UserId(11);
    view.account = AccountName::cut("ana");
    view.profiles = ProfileRevision(4);
    view.people.push_back(Profile{UserId(11), AccountName::cut("ana"), Nick::cut("Ana"), ProfileRevision(4)});
    SavedRoom room;
    room.summary.id = RoomId(21);
    room.summary.name = RoomName::cut("general");
    room.summary.head = Sequence(9);
    room.summary.last_ordinal = Ordinal(2);
    room.loaded = true;
    for (std::uint64_t i = 1; i <= 2; ++i)
        room.messages.push_back(
            Message{Ordinal(i), Sequence(i), Sequence(i), UserId(11), Timestamp{1}, MessageText::cut("text")});
    view.rooms.push_back(room);
    view.said.push_back(OpId{OutboxId(3), 7});
    return view;
}

TEST(SavedBytes, AnOperationComesBack) {
    auto operation = a_post();
    EXPECT_EQ(saved_operation_from(bytes_of(operation)), operation);
    operation.refused = Refusal::not_a_member;
    EXPECT_EQ(saved_operation_from(bytes_of(operation)), operation);
    operation.change = CreateRoom{OpId{OutboxId(3), 8}, RoomName::cut("den")};
    EXPECT_EQ(saved_operation_from(bytes_of(operation)), operation);
}

TEST(SavedBytes, AViewComesBack) {
    EXPECT_EQ(saved_view_from(bytes_of(a_view())), a_view());
}

TEST(SavedBytes, WhatIsCutChangedOrOfALaterVersionReadsAsNothing) {
    const auto operation = bytes_of(a_post());
    const auto view = bytes_of(a_view());
    for (std::size_t size = 0; size < operation.size(); ++size)
        EXPECT_EQ(saved_operation_from(std::span(operation).first(size)), std::nullopt) << size;
    for (std::size_t size = 0; size < view.size(); ++size)
        EXPECT_EQ(saved_view_from(std::span(view).first(size)), std::nullopt) << size;
    auto longer = operation;
    longer.push_back(std::byte{0});
    EXPECT_EQ(saved_operation_from(longer), std::nullopt);
    auto later = view;
    later[0] = std::byte{9};
    EXPECT_EQ(saved_view_from(later), std::nullopt);
    auto later_operation = operation;
    later_operation[0] = std::byte{3};
    EXPECT_EQ(saved_operation_from(later_operation), std::nullopt);
}

TEST(SavedBytes, NoByteOfItCanDoHarm) {
    const auto view = bytes_of(a_view());
    for (std::size_t at = 0; at < view.size(); ++at) {
        for (const int value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
            auto changed = view;
            changed[at] = static_cast<std::byte>(value);
            const auto read = saved_view_from(changed);  // nothing, or a value that says the same again
            if (read && bytes_of(*read) != changed) ADD_FAILURE() << "byte " << at << " as " << value;
        }
    }
}

TEST(SavedBytes, OnlyAChangeThatNamesItsPlaceAndItsPersonIsAnOperation) {
    auto nobodys = a_post();
    nobodys.owner = UserId();
    EXPECT_EQ(saved_operation_from(bytes_of(nobodys)), std::nullopt);
    auto without_op = a_post();
    without_op.change = ListRooms{1, {}};
    EXPECT_EQ(saved_operation_from(bytes_of(without_op)), std::nullopt);
    auto first_number_is_one = a_post();
    first_number_is_one.change = PostText{OpId{OutboxId(3), 0}, RoomId(21), MessageText::cut("hi")};
    EXPECT_EQ(saved_operation_from(bytes_of(first_number_is_one)), std::nullopt);
    auto with_a_password = a_post();
    with_a_password.change = Register{OpId{OutboxId(3), 1}, AccountName::cut("ana"), Password::cut("secret"), {}};
    EXPECT_EQ(saved_operation_from(bytes_of(with_a_password)), std::nullopt);
}

}  // namespace
}  // namespace parley::client
