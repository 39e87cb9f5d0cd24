// Addresses, bare and behind words.
#include <gtest/gtest.h>

#include "outline.hpp"

namespace parley::markup {
namespace {

struct Case {
    const char* text;
    const char* outline;
};

void check(std::initializer_list<Case> cases) {
    for (const auto& [text, expected] : cases) EXPECT_EQ(outline(text), expected) << text;
}

TEST(MarkupLinks, ABareAddressIsItsOwnText) {
    check({{"see https://a.b/c.", "see {@https://a.b/c:https://a.b/c}."},
           {"https://a.b/_c_d*e*", "{@https://a.b/_c_d*e:https://a.b/_c_d*e}*"},
           {"*https://a.b*", "{i@https://a.b:https://a.b}"},
           {"**https://a.b**", "{b@https://a.b:https://a.b}"},
           {"||https://a.b||", "{|1@https://a.b:https://a.b}"},
           {"<https://a.b>", "{@https://a.b:https://a.b}"},
           {"<https://a.b> x <https://c.d", "{@https://a.b:https://a.b} x <{@https://c.d:https://c.d}"},
           {"xhttps://a.b", "xhttps://a.b"},
           {"ftp://a.b javascript://c mailto:a@b.c", "ftp://a.b javascript://c mailto:a@b.c"},
           {"`https://a.b`", "{c:https://a.b}"},
           {"https://a.b\nhttps://c.d", "{@https://a.b:https://a.b}/{@https://c.d:https://c.d}"}});
}

TEST(MarkupLinks, WordsCanLeadSomewhere) {
    check({{"[a](https://b.c)", "{@https://b.c:a}"},
           {"[a b](http://b.c/(d)) e", "{@http://b.c/(d):a b} e"},
           {"[a](mailto:ana@b.c)", "{@mailto:ana@b.c:a}"},
           {"[a](HTTPS://b.c)", "{@HTTPS://b.c:a}"},
           {"[*a* b](https://b.c)", "{i@https://b.c:a}{@https://b.c: b}"},
           {"*[a](https://b.c)*", "{i@https://b.c:a}"},
           {"*[a*](https://b.c)", "*{@https://b.c:a*}"},
           {"[a\nb](https://b.c)", "{@https://b.c:a}/{@https://b.c:b}"},
           {"[a](https://b.c\\))", "{@https://b.c):a}"},
           {"[[a]](https://b.c)", "{@https://b.c:[a]}"},
           {"[a] [b](https://b.c)", "[a] {@https://b.c:b}"},
           {"[`]`](https://b.c)", "{c@https://b.c:]}"},
           {"![a](https://b.c)", "!{@https://b.c:a}"},
           {"[<@17>](https://b.c)", "{@https://b.c:person 17}"}});
}

TEST(MarkupLinks, NoLinkIsWithinAnother) {
    check({{"[a [b](https://c.d) e](https://f.g)", "[a {@https://c.d:b} e]({@https://f.g:https://f.g})"},
           {"[https://a.b](https://c.d)", "{@https://c.d:https://a.b}"},
           {"[x https://a.b y](https://c.d)", "{@https://c.d:x https://a.b y}"},
           {"[a](https://a.b)[b](https://c.d)", "{@https://a.b:a}{@https://c.d:b}"}});
}

TEST(MarkupLinks, OtherDestinationsAreText) {
    check({{"[a](javascript:alert(1))", "[a](javascript:alert(1))"},
           {"[a](data:text/html,x)", "[a](data:text/html,x)"},
           {"[a](/etc/passwd)", "[a](/etc/passwd)"},
           {"[a](//b.c)", "[a](//b.c)"},
           {"[a](file:///b)", "[a](file:///b)"},
           {"[a](java\tscript:x)", "[a](java\tscript:x)"},
           {"[a]( https://b.c)", "[a]( {@https://b.c:https://b.c})"},
           {"[a](https://)", "[a](https://)"},
           {"[a](https:///b)", "[a](https:///b)"},
           {"[a](mailto:)", "[a](mailto:)"},
           {"[a](https://b c)", "[a]({@https://b:https://b} c)"},
           {"[a](https://b.c", "[a]({@https://b.c:https://b.c}"},
           {"[a]", "[a]"},
           {"[a] (https://b.c)", "[a] ({@https://b.c:https://b.c})"},
           {"[a]\n(https://b.c)", "[a]/({@https://b.c:https://b.c})"},
           {"a](https://b.c)", "a]({@https://b.c:https://b.c})"},
           {"[a](https://b.c\\<x)", "[a]({@https://b.c:https://b.c}<x)"},
           {"[a](https://b.c\xE2\x80\x8B)", "[a]({@https://b.c:https://b.c}\xE2\x80\x8B)"}});
}

TEST(MarkupLinks, ALinkThatWouldShowNothingIsText) {
    check({{"[](https://b.c)", "[]({@https://b.c:https://b.c})"},
           {"[ ](https://b.c)", "[ ]({@https://b.c:https://b.c})"}});
}

}  // namespace
}  // namespace parley::markup
