#include "auth/shown_names.hpp"

#include <gtest/gtest.h>

#include <string>

namespace parley::auth {
namespace {

std::string stored(std::string_view asked) {
    const auto name = room_name_of(asked);
    return name ? std::string(name->view()) : "none";
}

TEST(ShownNicks, OfOneScriptAWordMayBe) {
    for (const auto* nick : {"Ana",      "Zoë",  "O'Neil",    "Łukasz",    "Άννα",   "Νίκος",     "ΝΙΚΟΣ",
                             "Анна",     "Пётр", "Արամ",      "ꓡꓲꓢꓴ",      "محمد",   "דוד",       "सीता",
                             "สมชาย",    "น้ำ",   "田中 Taro", "田中Taro",  "김민수", "Ana (Аня)", "Аня/Anya",
                             "Ana 🦊", "🐻",    "❤️",    "Ana❤️", "İpek",   "x_Ana_x",   "Ana-2"})
        EXPECT_TRUE(may_be_nick(nick)) << nick;
}

TEST(ShownNicks, OfTwoScriptsInAWordMayNotBe) {
    for (const auto* nick : {"\u0397ana", "\u039Dora", "\u039Cax", "\u0396oe", "\u0392eta", "P\u0430scal",
                             "Ana \u0392eta", "\u039D\u043E\u0440a", "\uA4DFax", "\U0001D6B4ora", "\u039D\U0001F98Aora",
                             "\u13DFarl", "Ma\u2CAD", "an\u00B5", "\U00010404livia"})
        EXPECT_FALSE(may_be_nick(nick)) << nick;
}

TEST(ShownNicks, OfMarksOrReservedOrNothingMayNotBe) {
    for (const auto* nick : {"\u0301", "\u0301ana", "\u20E3", "\u094D", "\uFE0F", "\U0001D159", "\U00016FE4", "all",
                             "@here", "Everyone", "\u0391LL", "", " ", "\xFF"})
        EXPECT_FALSE(may_be_nick(nick)) << testing::PrintToString(std::string(nick));
}

TEST(ShownRoomNames, AreStoredInOneForm) {
    EXPECT_EQ(stored("caf\u00E9"), "caf\u00E9");
    EXPECT_EQ(stored("cafe\u0301"), "caf\u00E9");
    EXPECT_EQ(stored("\u1112\u1161\u11AB"), "\uD55C") << "a syllable of Korean";
}

TEST(ShownRoomNames, OfOneScriptMayBe) {
    for (const auto* name : {"general", "dev-ops_2", "caf\u00E9", "общий", "γενικά", "安安", "日本語-chat", "น้ำ",
                             "ㅋㅋ", "եւ", "և", "عام", "party-🎉"})
        EXPECT_NE(stored(name), "none") << name;
}

TEST(ShownRoomNames, OfAnotherLookMayNotBe) {
    for (const auto* name : {"general\uFE0F", "\uFE0F", "\u0301", "\u0301general", "g\u0435neral",
                             "\u0433\u0435n\u0435ral", "\uFF47eneral", "\U0001D420eneral", "\uFB01lm", "g\u03B5neral",
                             "\u0430-general", "\u3164", "", "two words", "Loud", "\xFF"})
        EXPECT_EQ(stored(name), "none") << testing::PrintToString(std::string(name));
}

// NFC is longer than what was asked, here: more than a name holds.
TEST(ShownRoomNames, OfTooManyBytesMayNotBe) {
    std::string asked;
    for (int i = 0; i < 30; ++i) asked += "\u0958";
    EXPECT_EQ(stored(asked), "none");
}

}  // namespace
}  // namespace parley::auth
