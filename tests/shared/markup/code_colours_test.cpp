#include "markup/code_colours.hpp"

#include <gtest/gtest.h>

#include "markup_texts/markup_texts.hpp"

namespace parley::markup {
namespace {

// "{k:int} a = {n:1};"
std::string coloured(std::string_view code, std::string_view language) {
    std::string result;
    std::uint32_t at = 0;
    for (const auto& part : colours_of(code, language)) {
        result += code.substr(at, part.source.begin - at);
        result += std::string("{") + "csnk"[static_cast<std::size_t>(part.colour)] + ':';
        result += part.source.of(code);
        result += '}';
        at = part.source.end;
    }
    return result + std::string(code.substr(at));
}

TEST(CodeColours, OfC) {
    EXPECT_EQ(coloured("int a = 0x1F; // one", "c++"), "{k:int} a = {n:0x1F}; {c:// one}");
    EXPECT_EQ(coloured("#include <a>\nchar b = '\\'';", "cpp"), "{k:#include} <a>\n{k:char} b = {s:'\\''};");
    EXPECT_EQ(coloured("1'000'000 1.5e-3f integer", "c"), "{n:1'000'000} {n:1.5e-3f} integer");
    EXPECT_EQ(coloured("/* a\nb */ return \"x // y\";", "h"), "{c:/* a\nb */} {k:return} {s:\"x // y\"};");
    EXPECT_EQ(coloured("\"open\nint", "c"), "{s:\"open}\n{k:int}");
    EXPECT_EQ(coloured("/* open", "c"), "{c:/* open}");
    EXPECT_EQ(coloured("0x1e+2", "c"), "{n:0x1e}+{n:2}");
}

TEST(CodeColours, OfScripts) {
    EXPECT_EQ(coloured("const a = `b\n${c}`;", "js"), "{k:const} a = {s:`b\n${c}`};");
    EXPECT_EQ(coloured("let x: number = 1", "TS"), "{k:let} x: {k:number} = {n:1}");
    EXPECT_EQ(coloured("def f(): # x\n  \"\"\"a\n\"b\"\"\"\n  return None", "py"),
              "{k:def} f(): {c:# x}\n  {s:\"\"\"a\n\"b\"\"\"}\n  {k:return} {k:None}");
    EXPECT_EQ(coloured("if [ $# -gt 1 ]; then # x\n echo 'a\\' \"b\"", "bash"),
              "{k:if} [ $# -gt {n:1} ]; {k:then} {c:# x}\n {k:echo} {s:'a\\'} {s:\"b\"}");
}

TEST(CodeColours, OfRustGoAndJava) {
    EXPECT_EQ(coloured("fn f<'a>(x: &'a str) -> char { 'x' }", "rust"),
              "{k:fn} f<'a>(x: &'a {k:str}) -> {k:char} { {s:'x'} }");
    EXPECT_EQ(coloured("/* a /* b */ c */ 0..10", "rs"), "{c:/* a /* b */ c */} {n:0}..{n:10}");
    EXPECT_EQ(coloured("s := `a\\`\nfunc", "go"), "s := {s:`a\\`\nfunc}");
    EXPECT_EQ(coloured("public int a = 1L;", "java"), "{k:public} {k:int} a = {n:1L};");
}

TEST(CodeColours, OfData) {
    EXPECT_EQ(coloured("{\"a\": [1, true, -2.5e3]}", "json"), "{{s:\"a\"}: [{n:1}, {k:true}, -{n:2.5e3}]}");
    EXPECT_EQ(coloured("SELECT * FROM a WHERE b = 'it''s' -- x", "sql"),
              "{k:SELECT} * {k:FROM} a {k:WHERE} b = {s:'it'}{s:'s'} {c:-- x}");
    EXPECT_EQ(coloured("<p class=\"a\">it's</p><!-- b -->", "html"),
              "<{k:p} class={s:\"a\"}>it's</{k:p}>{c:<!-- b -->}");
    EXPECT_EQ(coloured("a { margin: 10px !important; /* x */ }", "css"),
              "a { margin: {n:10px} {k:!important}; {c:/* x */} }");
}

TEST(CodeColours, AnUnknownLanguageHasNone) {
    EXPECT_TRUE(colours_of("int a;", "").empty());
    EXPECT_TRUE(colours_of("int a;", "klingon").empty());
    EXPECT_TRUE(colours_of("int a;", "c c++").empty());
    EXPECT_TRUE(colours_of("int a;", std::string(100, 'c')).empty());
}

TEST(CodeColours, AreInOrderWhateverTheCodeIs) {
    support::MarkupTexts texts(7);
    for (int i = 0; i < 4'000; ++i) {
        const auto code = texts.next();
        for (const std::string_view language :
             {"c", "js", "py", "rs", "go", "java", "sh", "json", "sql", "css", "html"}) {
            std::uint32_t at = 0;
            for (const auto& part : colours_of(code, language)) {
                ASSERT_LE(at, part.source.begin) << language << ": " << code;
                ASSERT_LT(part.source.begin, part.source.end) << language << ": " << code;
                at = part.source.end;
            }
            ASSERT_LE(at, code.size()) << language << ": " << code;
        }
    }
}

}  // namespace
}  // namespace parley::markup
