#include "auth/look_alike.hpp"

#include <gmock/gmock.h>

#include <array>
#include <set>

namespace parley::auth {
namespace {

using Pair = std::array<const char*, 2>;

class LookAlike : public testing::TestWithParam<Pair> {};

TEST_P(LookAlike, HasOneSkeleton) {
    const auto& [one, other] = GetParam();
    EXPECT_EQ(skeleton_of(one), skeleton_of(other));
    EXPECT_FALSE(skeleton_of(one).empty());
}

INSTANTIATE_TEST_SUITE_P(Pairs, LookAlike,
                         testing::Values(Pair{"ana", "Ana"}, Pair{"ana", "ANA"},
                                         Pair{"ana", "\u0430n\u0430"},                        // Cyrillic a
                                         Pair{"pay", "\u0440\u0430\u0443"},                   // all Cyrillic
                                         Pair{"scope", "\u0455\u0441\u043e\u0440\u0435"},     // all Cyrillic
                                         Pair{"MAX", "\u041c\u0410\u0425"},                   // Cyrillic capitals
                                         Pair{"oak", "\u03bf\u03b1\u03ba"},                   // Greek
                                         Pair{"ana", "\uff41\uff4e\uff41"},                   // fullwidth
                                         Pair{"ana", "\U0001D41A\U0001D427\U0001D41A"},       // bold of mathematics
                                         Pair{"ana", "a\u200bna"}, Pair{"ana", "an\u00ada"},  // zero width, soft hyphen
                                         Pair{"ana", "ana\u2060"}, Pair{"ana b", "ana\u00a0\u2003b"},  // padding
                                         Pair{"ana", "  ana "}, Pair{"caf\u00e9", "cafe\u0301"},  // NFC against NFD
                                         Pair{"bob", "b0b"}, Pair{"alice", "a1ice"}, Pair{"alice", "aIice"},
                                         Pair{"lola", "|ola"}, Pair{"mom", "rnorn"}, Pair{"wow", "vvovv"},
                                         Pair{"strasse", "stra\u00dfe"}, Pair{"office", "o\ufb03ce"},  // ligature
                                         Pair{"hub", "\u0570\u057db"},                                 // Armenian
                                         Pair{"a-b", "a\u2013b"}));

// Greek capitals are the Latin ones to the eye, and what they fold to is not.
INSTANTIATE_TEST_SUITE_P(GreekCapitals, LookAlike,
                         testing::Values(Pair{"Hana", "\u0397ana"}, Pair{"Nora", "\u039Dora"}, Pair{"Max", "\u039Cax"},
                                         Pair{"Zoe", "\u0396oe"}, Pair{"Beta", "\u0392eta"}, Pair{"Yan", "\u03A5an"},
                                         Pair{"HANA", "\u0397\u0391\u039D\u0391"},  // all Greek
                                         Pair{"MAX", "\u039C\u0391\u03A7"}, Pair{"BETA", "\u0392\u0395\u03A4\u0391"},
                                         Pair{"\u039D\u03AF\u03BA\u03B7", "\u03BD\u03AF\u03BA\u03B7"},
                                         Pair{"\u039D\u03B9\u03BA\u03B1", "\u039D\u0399\u039A\u0391"}));

INSTANTIATE_TEST_SUITE_P(LisuAndCoptic, LookAlike,
                         testing::Values(Pair{"KATE", "\uA4D7\uA4EE\uA4D4\uA4F0"}, Pair{"Max", "\uA4DFax"},
                                         Pair{"RUFUS", "\uA4E3\uA4F4\uA4DD\uA4F4\uA4E2"}, Pair{"Nora", "\uA4E0ora"},
                                         Pair{"HOPE", "\u2C8E\u2C9E\u2CA2\u2C88"}, Pair{"max", "\u2C99\u2C81\u2CAD"}));

TEST(LookAlikes, OrdinaryNamesStayDifferent) {
    const std::set<std::string> names{"ana",   "anna",  "an",     "bo",   "josé",   "jose",   "müller", "muller",
                                      "Άννα",  "Анна",  "Иван",   "Пётр", "محمد",   "فاطمة",  "דוד",    "सीता",
                                      "สมชาย", "田中",  "김민수", "Zoë",  "O'Neil", "Łukasz", "李雷",   "ana b",
                                      "ana.b", "ana_b", "ana-b",  "🦊", "🐻",      "Ngozi",  "Þór",    "İpek"};
    std::set<std::string> skeletons;
    for (const auto& name : names) {
        EXPECT_FALSE(skeleton_of(name).empty()) << name;
        EXPECT_TRUE(skeletons.insert(skeleton_of(name)).second) << name;
    }
}

TEST(LookAlikes, ASkeletonIsItsOwnSkeleton) {
    for (const char* name : {"Ana", "rnorn", "vvovv", "\u0430n\u0430", "o\ufb03ce", "stra\u00dfe", "a1ice"}) {
        EXPECT_EQ(skeleton_of(skeleton_of(name)), skeleton_of(name)) << name;
    }
}

TEST(LookAlikes, NothingIsLeftOfNothing) {
    EXPECT_EQ(skeleton_of(""), "");
    EXPECT_EQ(skeleton_of("\u200b\u200d"), "");
    EXPECT_EQ(skeleton_of("\xff\xfe"), "");
}

TEST(LookAlikes, TheServersOwnNamesAreReserved) {
    EXPECT_TRUE(is_reserved("system"));
    EXPECT_TRUE(is_reserved("EVERY0NE"));
    EXPECT_TRUE(is_reserved("s\u0443stem"));
    for (const auto* name : {"all", "All", "everyone", "here", "@here", "@ALL", "@@all", "\uFF20here", "(all)", "here!",
                             "a11", "\u0397ere", "@ everyone"})
        EXPECT_TRUE(is_reserved(name)) << name;
    for (const auto* name : {"Allen", "Hereward", "@ana", "@", "!", "", "all of us"})
        EXPECT_FALSE(is_reserved(name)) << name;
    EXPECT_FALSE(is_reserved("ana"));
    EXPECT_FALSE(is_reserved("systems"));
}

}  // namespace
}  // namespace parley::auth
