#include "auth/registration.hpp"

#include <gmock/gmock.h>

namespace parley::auth {
namespace {

constexpr RegistrationAsker kAtTheMachine{true, true, false};
constexpr RegistrationAsker kFarAway{false, false, false};
constexpr RegistrationAsker kBehindAProxy{true, true, true};
constexpr RegistrationAsker kOtherHost{true, false, false};

TEST(Registration, UnlessConfiguredIsOpenAtTheMachineOnly) {
    const RegistrationRules rules;
    EXPECT_EQ(rules.rule_for(kAtTheMachine), Registration::open);
    for (const auto& asker : {kFarAway, kBehindAProxy, kOtherHost}) {
        EXPECT_EQ(rules.rule_for(asker), Registration::closed);
        EXPECT_EQ(rules.permit(asker, "").refusal, Refusal::registration_closed);
    }
    const auto permit = rules.permit(kAtTheMachine, "");
    EXPECT_EQ(permit.refusal, std::nullopt);
    EXPECT_TRUE(permit.may_be_owner);
    EXPECT_FALSE(permit.only_as_owner);
}

TEST(Registration, TheOwnersLinkLetsTheOwnerIn) {
    for (const auto configured : {Registration::open, Registration::invite, Registration::closed}) {
        RegistrationRules rules(configured);
        const auto made = OwnerLink::make();
        rules.set_owner_link(made.link);
        const auto permit = rules.permit(kFarAway, made.code);
        EXPECT_EQ(permit.refusal, std::nullopt);
        EXPECT_TRUE(permit.may_be_owner);
        EXPECT_TRUE(permit.only_as_owner);
    }
}

TEST(Registration, AnotherLinkDoesNot) {
    RegistrationRules rules;
    rules.set_owner_link(OwnerLink::make().link);
    EXPECT_EQ(rules.rule_for(kFarAway), Registration::invite);
    for (const auto& code : {std::string(), std::string("00"), OwnerLink::make().code, std::string(64, '0')}) {
        EXPECT_EQ(rules.permit(kFarAway, code).refusal, Refusal::invite_needed) << code;
    }
}

TEST(Registration, OpenToAllMakesNoOwnerFromAfar) {
    const RegistrationRules rules(Registration::open);
    EXPECT_EQ(rules.permit(kFarAway, "").refusal, std::nullopt);
    EXPECT_FALSE(rules.permit(kFarAway, "").may_be_owner);
    EXPECT_FALSE(rules.permit(kBehindAProxy, "").may_be_owner);
    EXPECT_TRUE(rules.permit(kAtTheMachine, "").may_be_owner);
}

TEST(Registration, ConfiguredClosedIsClosedAtTheMachineToo) {
    EXPECT_EQ(RegistrationRules(Registration::closed).permit(kAtTheMachine, "").refusal, Refusal::registration_closed);
    EXPECT_EQ(RegistrationRules(Registration::invite).permit(kAtTheMachine, "").refusal, Refusal::invite_needed);
}

TEST(Registration, LooksAtNameAndPassword) {
    EXPECT_EQ(check_account("ana", "12345678"), std::nullopt);
    EXPECT_EQ(check_account("ana", "1234567"), Refusal::password_too_short);
    EXPECT_EQ(check_account("Ana", "12345678"), Refusal::name_not_allowed);
    EXPECT_EQ(check_account("a", "12345678"), Refusal::name_not_allowed);
    EXPECT_EQ(check_account("everyone", "12345678"), Refusal::name_not_allowed);
    EXPECT_EQ(check_account("systern", "12345678"), Refusal::name_not_allowed);
}

}  // namespace
}  // namespace parley::auth
