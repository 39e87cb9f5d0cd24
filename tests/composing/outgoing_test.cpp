#include "composing/outgoing.hpp"

#include <gtest/gtest.h>

#include "some_chat.hpp"

namespace parley::composing {
namespace {

struct Case {
    std::string_view typed;
    std::string_view sent;
};

class WhatIsSent : public testing::TestWithParam<Case> {};

TEST_P(WhatIsSent, ForWhatWasTyped) {
    EXPECT_EQ(outgoing(some_chat(), GetParam().typed), GetParam().sent);
}

INSTANTIATE_TEST_SUITE_P(All, WhatIsSent,
                         testing::Values(Case{"hi @carla!", "hi <@19>!"}, Case{"@Bo.B, see", "<@18>, see"},
                                         Case{"ask @bo.b.", "ask <@18>."}, Case{"(@ana)", "(<@17>)"},
                                         Case{"**@ana**", "**<@17>**"}, Case{"@anas", "@anas"},
                                         Case{"mail ana@carla.org", "mail ana@carla.org"}, Case{"`@ana`", "`@ana`"},
                                         Case{"\\@ana", "\\@ana"}, Case{"@nobody", "@nobody"},
                                         Case{"@here and @all", "<!here> and <!all>"},
                                         Case{"@everyone @channel", "<!all> <!all>"}, Case{"see #garden.", "see <#2>."},
                                         Case{"#gardens #nowhere C#garden", "#gardens #nowhere C#garden"},
                                         Case{":tada: :) `:)`", "🎉 🙂 `:)`"},
                                         Case{"https://a.org/@ana#garden", "https://a.org/@ana#garden"}, Case{"@", "@"},
                                         Case{"a # b", "a # b"}, Case{"", ""}));

TEST(Editable, IsWhatWouldBeTyped) {
    const auto chat = some_chat();
    for (const std::string typed :
         {"hi @carla and @bo.b in #garden", "@here @all", "**@ana** `<@17>` [x](https://a.org)"}) {
        EXPECT_EQ(editable(chat, outgoing(chat, typed)), typed);
    }
    EXPECT_EQ(editable(chat, "<@999> <#999>"), "<@999> <#999>");
}

}  // namespace
}  // namespace parley::composing
