// The oracle itself, where it was wrong once.
#include <gtest/gtest.h>

#include <algorithm>

#include "simulation/oracle.hpp"

namespace parley::simulation {
namespace {

constexpr UserId kAna{11};
constexpr RoomId kRoom{7};

RoomEvent settings_changed(std::uint64_t sequence, RoomSettings settings) {
    return {Sequence(sequence), RoomSettingsChanged{kAna, {}, {}, settings}};
}

// Whether somebody who is shown this room in the directory is shown what is not hers to know.
bool is_let_in(std::vector<RoomEvent> events) {
    StoreImage store;
    store.people[kAna].profile.user = kAna;
    store.rooms[kRoom].record.id = kRoom;
    store.rooms[kRoom].events = std::move(events);
    client::ChatState state;
    state.self = kAna;
    state.directory.push_back({kRoom, RoomName::cut("general"), 1, {}});
    std::vector<Violation> violations;
    Oracle(store, Ledger(), violations).judge(state, "ana");
    return std::any_of(violations.begin(), violations.end(),
                       [](const Violation& violation) { return violation.check == "let_in"; });
}

// Seeds 1717 and 4141: the second event of the first room, which nobody has made, was of its settings, and the oracle
// took it for one that was made by invitation.
TEST(OracleTest, TheFirstRoomIsNotPrivateBecauseItsSecondEventIsOfItsSettings) {
    const RoomSettings only_new{RoomAccess::open, NewcomersRead::since_joining};
    EXPECT_FALSE(is_let_in({{Sequence(1), MemberJoined{kAna, {}}}, settings_changed(2, only_new)}));
}

TEST(OracleTest, ARoomThatWasMadeByInvitationIsShownToNobodyOutside) {
    const RoomCreated made{kAna, RoomKind::channel, RoomName::cut("den"), {}};
    EXPECT_TRUE(is_let_in({{Sequence(1), made}, settings_changed(2, {RoomAccess::by_invitation})}));
    EXPECT_FALSE(is_let_in({{Sequence(1), made}, {Sequence(2), MemberJoined{kAna, {}}}}));
}

}  // namespace
}  // namespace parley::simulation
