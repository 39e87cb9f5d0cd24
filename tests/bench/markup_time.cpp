// How long a hostile text takes: 100,000 bytes of each mark, in milliseconds of CPU, the slowest first.
//   markup_time    (steps a byte are held by tests/shared/markup/bounds_test.cpp; this only reports)
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "markup/code_colours.hpp"
#include "markup/markup.hpp"

namespace parley {
namespace {

constexpr std::size_t kSize = 100'000;
constexpr int kRounds = 5;

struct Measured {
    std::string piece;
    double milliseconds = 0;
};

double processor_milliseconds() {
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string repeated(std::string_view piece, std::size_t size) {
    std::string text;
    while (text.size() < size) text += piece;
    return text;
}

std::string without_newlines(std::string text) {
    for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at)) text.replace(at, 1, "\\n");
    return text;
}

template <class Work>
Measured measure(std::string_view piece, Work work) {
    const auto text = repeated(piece, kSize);
    Measured best{without_newlines(std::string(piece)), 1e9};
    for (int round = 0; round < kRounds; ++round) {
        const auto begin = processor_milliseconds();
        work(text);
        best.milliseconds = std::min(best.milliseconds, processor_milliseconds() - begin);
    }
    return best;
}

void print(const char* title, std::vector<Measured> measured) {
    std::sort(measured.begin(), measured.end(),
              [](const Measured& a, const Measured& b) { return a.milliseconds > b.milliseconds; });
    std::printf("%s, %zu bytes of each:\n", title, kSize);
    for (const auto& [piece, milliseconds] : measured) std::printf("%8.2f ms  %s\n", milliseconds, piece.c_str());
}

std::uint64_t steps = 0;  // so that nothing is left out as unused

void measure_trees() {
    std::vector<Measured> measured;
    for (const std::string_view piece : {"*",
                                         "_",
                                         "**",
                                         "~~",
                                         "||",
                                         "`",
                                         "`` ` ",
                                         "[",
                                         "](",
                                         "[a](",
                                         "\\",
                                         "<@",
                                         "<@17>",
                                         ">",
                                         "> ",
                                         "> > > > > ",
                                         "- ",
                                         "- a\n",
                                         "  - a\n",
                                         "1. a\n",
                                         "\n",
                                         "a\n\n",
                                         "```\n",
                                         "*a ",
                                         "*a_ ",
                                         "*a ||b ~~c _d ",
                                         "a* b|| c~~ d_ ",
                                         "http://a ",
                                         "http://a",
                                         "<http://a",
                                         "[a](http://b(",
                                         "](http://",
                                         "**a** ",
                                         "words and words "})
        measured.push_back(measure(piece, [](const std::string& text) { steps += markup::parse(text).steps; }));
    print("trees", measured);
}

void measure_colours() {
    std::vector<Measured> measured;
    for (const std::string_view piece : {"int a = 1; // b\n", "\"", "'", "/*", "a", "1", "\"\"\"", "if ", "`"})
        for (const std::string_view language : {"c++", "py", "rs"})
            measured.push_back(measure(
                piece, [language](const std::string& text) { steps += markup::colours_of(text, language).size(); }));
    print("colours", measured);
}

}  // namespace
}  // namespace parley

int main() {
    parley::measure_trees();
    parley::measure_colours();
    return parley::steps > 0 ? 0 : 1;
}
