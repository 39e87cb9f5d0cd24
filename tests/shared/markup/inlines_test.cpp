// What stands within a line, in many small cases.
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

TEST(Inlines, PlainTextIsItself) {
    check({{"", ""},
           {"a", "a"},
           {"two words", "two words"},
           {"a\nb", "a/b"},
           {"  indented", "  indented"},
           {"\xF0\x9F\x8E\x89 caf\xC3\xA9", "\xF0\x9F\x8E\x89 caf\xC3\xA9"},
           {"<b>no HTML</b> &amp; <!-- none -->", "<b>no HTML</b> &amp; <!-- none -->"},
           {"# no heading", "# no heading"},
           {"a | b | c", "a | b | c"},
           {"---", "---"}});
}

TEST(Inlines, StarsMakeBoldAndItalic) {
    check({{"*a*", "{i:a}"},
           {"**a**", "{b:a}"},
           {"***a***", "{bi:a}"},
           {"x *a b* y", "x {i:a b} y"},
           {"in*fi*x", "in{i:fi}x"},
           {"in**fi**x", "in{b:fi}x"},
           {"**a *b* c**", "{b:a }{bi:b}{b: c}"},
           {"*a **b** c*", "{i:a }{bi:b}{i: c}"},
           {"***a** b*", "{bi:a}{i: b}"},
           {"***a* b**", "{bi:a}{b: b}"},
           {"****a****", "{b:a}"},
           {"*a\nb*", "{i:a}/{i:b}"},
           {"*(a)*", "{i:(a)}"},
           {"**\"a\"**, b", "{b:\"a\"}, b"}});
}

TEST(Inlines, UnderscoresDoNotTakeWordsApart) {
    check({{"_a_", "{i:a}"},
           {"__a__", "{b:a}"},
           {"snake_case_name", "snake_case_name"},
           {"__init__", "{b:init}"},
           {"a__b__c", "a__b__c"},
           {"_a_b", "_a_b"},
           {"a_\"b\"_", "a_\"b\"_"},
           {"x-_(a)_", "x-{i:(a)}"},
           {"_(_a_)_", "{i:(}{i:a}{i:)}"},
           {"\xD0\xBF\xD1\x80_\xD1\x81\xD1\x82_\xD0\xB0", "\xD0\xBF\xD1\x80_\xD1\x81\xD1\x82_\xD0\xB0"},
           {"_**a**_", "{bi:a}"},
           {"*_a_*", "{i:a}"}});
}

TEST(Inlines, WhatHasNoOtherEndIsText) {
    check({{"*", "*"},
           {"**", "**"},
           {"****", "****"},
           {"* a *", "- a *"},
           {"a * b * c", "a * b * c"},
           {"a*", "a*"},
           {"*a", "*a"},
           {"**a*", "*{i:a}"},
           {"*a**", "{i:a}*"},
           {"*a_", "*a_"},
           {"*a _b* c_", "{i:a _b} c_"},
           {"2*3*4", "2{i:3}4"},
           {"*a *", "*a *"},
           {"* *a", "- *a"},
           {"a*\"b\"*", "a*\"b\"*"},
           {"*\xC2\xA0"
            "a\xC2\xA0*",
            "*\xC2\xA0"
            "a\xC2\xA0*"},
           {"*a\n\nb*", "*a\nb*"}});
}

TEST(Inlines, TheRuleOfThreeHolds) {
    check({{"*foo**bar**baz*", "{i:foo}{bi:bar}{i:baz}"},
           {"*foo**bar*", "{i:foo**bar}"},
           {"***foo** bar*", "{bi:foo}{i: bar}"},
           {"*foo **bar***", "{i:foo }{bi:bar}"},
           {"*foo**bar***", "{i:foo}{bi:bar}"},
           {"foo***bar***baz", "foo{bi:bar}baz"},
           {"foo******bar*********baz", "foo{b:bar}***baz"},
           {"**foo*bar**", "{b:foo*bar}"},
           {"*foo **bar *baz bim** bam*", "*foo {i:bar }{i:baz bim}{i: bam}"},
           {"**foo *bar **baz bim** bam* x**", "{b:foo }{bi:bar }{bi:baz bim}{bi: bam}{b: x}"}});
}

TEST(Inlines, BetweenCjkLettersPunctuationDoesNotKeepThemOpen) {
    check({{"**\xE4\xBD\xA0\xE5\xA5\xBD\xE3\x80\x82**\xE4\xBD\xA0",
            "{b:\xE4\xBD\xA0\xE5\xA5\xBD\xE3\x80\x82}\xE4\xBD\xA0"},
           {"\xE3\x81\x82**\xE3\x80\x8C\xE3\x81\x84\xE3\x80\x8D**\xE3\x81\x86",
            "\xE3\x81\x82{b:\xE3\x80\x8C\xE3\x81\x84\xE3\x80\x8D}\xE3\x81\x86"},
           {"**\"a\"**\xEC\x9D\x80", "{b:\"a\"}\xEC\x9D\x80"},
           {"**\"a\"**b", "**\"a\"**b"}});
}

TEST(Inlines, TwoTildesStrike) {
    check({{"~~a~~", "{s:a}"},
           {"a~~b~~c", "a{s:b}c"},
           {"~a~", "~a~"},
           {"~~~a~~~", "~~~a~~~"},
           {"~~ a ~~", "~~ a ~~"},
           {"~~a **b** c~~", "{s:a }{bs:b}{s: c}"},
           {"**a ~~b** c~~", "{b:a ~~b} c~~"},
           {"~~a~ b~~", "{s:a~ b}"}});
}

TEST(Inlines, TwoBarsCover) {
    check({{"||a||", "{|1:a}"},
           {"||a|| ||b||", "{|1:a} {|2:b}"},
           {"||a||||b||", "{|1:a}{|2:b}"},
           {"||a *b*||", "{|1:a }{i|1:b}"},
           {"if (a || b || c)", "if (a || b || c)"},
           {"|a|", "|a|"},
           {"||||", "||||"},
           {"||a ||b|| c||", "{|1:a }{|1:b}{|1: c}"},
           {"|||a|||", "|{|1:a}|"},
           {"||a\nb||", "{|1:a}/{|1:b}"}});
}

TEST(Inlines, BackticksMakeCode) {
    check({{"`a`", "{c:a}"},
           {"`a*b*`", "{c:a*b*}"},
           {"``a`b``", "{c:a`b}"},
           {"`` ` ``", "{c:`}"},
           {"` a `", "{c:a}"},
           {"` a`", "{c: a}"},
           {"`  `", "{c:  }"},
           {"`\\`", "{c:\\}"},
           {"`a", "`a"},
           {"``a`", "``a`"},
           {"*a `b*` c*", "{i:a }{ic:b*}{i: c}"},
           {"`a\nb`", "{c:a}/{c:b}"},
           {"\\`a`", "`a`"},
           {"\\``a`", "`{c:a}"},
           {"`||a||` ||b||", "{c:||a||} {|1:b}"},
           {"```a``` b", "{c:a} b"},
           {"**`a`**", "{bc:a}"}});
}

TEST(Inlines, ABackslashTakesAMarkItsMeaning) {
    check({{"\\*a\\*", "*a*"},
           {"\\\\", "\\"},
           {"\\a", "\\a"},
           {"a\\", "a\\"},
           {"a\\\nb", "a\\/b"},
           {"\\[a](http://b.c)", "[a]({@http://b.c:http://b.c})"},
           {"*a\\**", "{i:a}{i:*}"},
           {"\\~~a~~", "~~a~~"},
           {"\\||a||", "||a||"},
           {"\\<@17>", "<@17>"},
           {"https\\://a.b", "https://a.b"},
           {"C:\\dir", "C:\\dir"}});
}

TEST(Inlines, MentionsHoldIds) {
    check({{"<@17>", "{person 17}"},
           {"hi <@18446744073709551615>!", "hi {person 18446744073709551615}!"},
           {"<#3> <!here> <!all>", "{room 3} {here} {all}"},
           {"**<@17>**", "{b:person 17}"},
           {"||<@17>||", "{|1:person 17}"},
           {"<@0> <@01> <@> <@a> <@17", "<@0> <@01> <@> <@a> <@17"},
           {"<@18446744073709551616>", "<@18446744073709551616>"},
           {"<@ 17> <!everyone> <!HERE> <@-1>", "<@ 17> <!everyone> <!HERE> <@-1>"},
           {"`<@17>`", "{c:<@17>}"},
           {"<@1\n7>", "<@1/7>"},
           {"@ana @here", "@ana @here"}});
}

}  // namespace
}  // namespace parley::markup
