#include "lettering/marked_text.hpp"

#include <gmock/gmock.h>

namespace parley::lettering {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SomeNames final : public markup::Names {
  public:
    [[nodiscard]] std::string name_of(UserId person) const override { return person == UserId(17) ? "@Ana" : "@Bo"; }
    [[nodiscard]] std::string name_of(RoomId) const override { return "#garden"; }
};

MarkedText shown(std::string_view source, bool covers_spoilers = true) {
    const SomeNames names;
    return marked_text(source, {names, UserId(17), covers_spoilers});
}

std::vector<std::pair<std::string, Marks>> parts(const MarkedText& text) {
    std::vector<std::pair<std::string, Marks>> all;
    for (const auto& span : text.spans)
        all.emplace_back(text.text.substr(span.begin, span.end - span.begin), span.marks);
    return all;
}

using Part = std::pair<std::string, Marks>;

TEST(MarkedText, PlainLinesAreOfOneKindAndStayAsTheyWereWritten) {
    const auto text = shown("one\n\n\ntwo");
    EXPECT_EQ(text.text, "one\n\n\ntwo");
    EXPECT_THAT(text.spans, IsEmpty());
    EXPECT_THAT(text.blocks, IsEmpty());
    EXPECT_FALSE(text.only_emoji);
}

TEST(MarkedText, MarksGoAndWhatTheyMarkIsSaid) {
    const auto text = shown("a **b** *c* ***d*** ~~e~~ `f`");
    EXPECT_EQ(text.text, "a b c d e f");
    EXPECT_THAT(parts(text), ElementsAre(Part("b", kBold), Part("c", kItalic), Part("d", kBold | kItalic),
                                         Part("e", kStrike), Part("f", kCode)));
}

TEST(MarkedText, ALinkWithAWordOfItsOwnKeepsItsAddress) {
    const auto text = shown("https://a.org/x and [b](https://b.org)");
    ASSERT_THAT(text.spans, SizeIs(2));
    EXPECT_EQ(text.spans[0].marks, kLink);
    EXPECT_EQ(text.spans[0].address, "");
    EXPECT_EQ(text.spans[1].address, "https://b.org");
    EXPECT_EQ(text.text, "https://a.org/x and b");
}

TEST(MarkedText, MentionsHaveTheNamesOfNow) {
    const auto text = shown("<@17> and <@18> in <#3>, <!all>");
    EXPECT_EQ(text.text, "@Ana and @Bo in #garden, @all");
    EXPECT_THAT(parts(text), ElementsAre(Part("@Ana", kMention | kMine), Part("@Bo", kMention),
                                         Part("#garden", kMention), Part("@all", kMention | kMine)));
    EXPECT_TRUE(text.has_names);
    EXPECT_TRUE(text.mentions_reader);
    EXPECT_FALSE(shown("<@18>").mentions_reader);
}

TEST(MarkedText, ASpoilerIsFourBlocksWhateverItHolds) {
    const auto text = shown("it was ||the **butler**|| or ||me||");
    EXPECT_EQ(text.text, "it was ████ or ████");
    EXPECT_TRUE(text.has_spoilers);
    EXPECT_EQ(shown("it was ||the **butler**|| or ||me||", false).text, "it was the butler or me");
}

TEST(MarkedText, BlocksSayHowTheirLinesStand) {
    const auto text = shown("a\n> b\n> > c\n\n- d\n  - e\n```py\nreturn 1\n```");
    EXPECT_EQ(text.text, "a\nb\nc\n\n•d\n•e\nreturn 1");
    ASSERT_THAT(text.blocks, SizeIs(6));
    const auto words = [&](std::size_t i) {
        return text.text.substr(text.blocks[i].begin, text.blocks[i].end - text.blocks[i].begin);
    };
    EXPECT_EQ(words(0), "a");
    EXPECT_EQ(text.blocks[1].quotes, 1);
    EXPECT_EQ(text.blocks[2].quotes, 2);
    EXPECT_EQ(text.blocks[3].empty_above, 1);
    EXPECT_EQ(text.blocks[3].items, 1);
    EXPECT_EQ(text.blocks[4].items, 2);
    EXPECT_TRUE(text.blocks[5].code);
    EXPECT_EQ(words(5), "return 1");
    EXPECT_THAT(parts(text),
                ElementsAre(Part("•", kItemMark), Part("•", kItemMark), Part("return", kKeyword), Part("1", kNumber)));
}

TEST(MarkedText, AFewEmojiAloneAreSetLarge) {
    EXPECT_TRUE(shown("🎉 👍🏽").only_emoji);
    EXPECT_FALSE(shown("🎉 well").only_emoji);
    EXPECT_FALSE(shown("**🎉**").only_emoji);
}

TEST(MarkedText, SpansAndBlocksAreInOrderAndWithinTheText) {
    for (const auto* source :
         {"**a `b** c`", "> - x\n> ```\n> y", "[a **b](https://c.org)**", "- ||a\n- b||", "```\n\n\n"}) {
        const auto text = shown(source, false);
        std::uint32_t at = 0;
        for (const auto& span : text.spans) {
            EXPECT_LE(at, span.begin) << source;
            EXPECT_LT(span.begin, span.end) << source;
            at = span.end;
        }
        EXPECT_LE(at, text.text.size()) << source;
        at = 0;
        for (const auto& block : text.blocks) {
            EXPECT_LE(at, block.begin) << source;
            EXPECT_LE(block.begin, block.end) << source;
            at = block.end;
        }
        EXPECT_LE(at, text.text.size()) << source;
    }
}

}  // namespace
}  // namespace parley::lettering
