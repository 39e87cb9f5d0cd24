#include "composing/slash_command.hpp"

#include <gtest/gtest.h>

#include "composing/status_time.hpp"

#include <set>
#include <string>

namespace parley::composing {
namespace {

TEST(SlashCommand, HasAWordAndArguments) {
    const auto command = slash_command_in("/nick  Ana of the garden \n");
    ASSERT_TRUE(command);
    ASSERT_NE(command->description, nullptr);
    EXPECT_EQ(command->description->name, CommandName::nick);
    EXPECT_EQ(command->arguments, "Ana of the garden");
}

TEST(SlashCommand, AnAliasIsTheSame) {
    for (const auto* text : {"/join #a", "/j #a", "/open #a"}) {
        const auto command = slash_command_in(text);
        ASSERT_TRUE(command && command->description) << text;
        EXPECT_EQ(command->description->name, CommandName::join);
    }
}

TEST(SlashCommand, AStatusMayBeginWithHowLongItStands) {
    const auto of = [](std::string_view text) {
        const auto [minutes, status] = status_with_time(text);
        return std::to_string(minutes) + " " + std::string(status);
    };
    EXPECT_EQ(of("30m  Lunch \U0001F35C"), "30 Lunch \U0001F35C");
    EXPECT_EQ(of("2h x"), "120 x");
    EXPECT_EQ(of("1d away"), "1440 away");
    for (const auto* whole : {"", "Lunch", "30m", "m x", "30 m", "30s x", "0m x", "1000m x", "x30m y"})
        EXPECT_EQ(of(whole), "0 " + std::string(whole));
}

TEST(SlashCommand, OneThatIsNotKnownIsStillNoText) {
    const auto command = slash_command_in("/frobnicate x");
    ASSERT_TRUE(command);
    EXPECT_EQ(command->description, nullptr);
    EXPECT_EQ(command->word, "frobnicate");
}

TEST(SlashCommand, WhatIsToBeSentIsNone) {
    for (const auto* text : {"", "/", "/ a", "//etc", "\\/etc", " /nick", "a /nick", "nick"})
        EXPECT_FALSE(slash_command_in(text)) << text;
    EXPECT_EQ(without_slash_escape("//etc"), "/etc");
    EXPECT_EQ(without_slash_escape("\\/etc"), "/etc");
    EXPECT_EQ(without_slash_escape("a//b"), "a//b");
}

TEST(SlashCommand, EveryWordAndAliasIsOneCommandsAlone) {
    std::set<std::string> seen;
    for (const auto& each : commands()) {
        std::string words = std::string(each.word) + " " + std::string(each.aliases);
        for (std::size_t at = 0; at < words.size();) {
            const auto end = std::min(words.find(' ', at), words.size());
            if (end > at) {
                EXPECT_TRUE(seen.insert(words.substr(at, end - at)).second) << words;
            }
            at = end + 1;
        }
        EXPECT_FALSE(each.help.empty());
    }
}

}  // namespace
}  // namespace parley::composing
