// The trees of 10,000 texts, as digests: markup_trees FILE [--accept]
//   The same program runs natively and, compiled to wasm, under Node.js: what a text is shown as does not depend on
//   where it is parsed. FILE holds a line for each hundred texts. Unlike the wire's bytes these may change, with the
//   parser and by hand: --accept writes FILE anew.
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "markup/markup.hpp"
#include "markup_texts/markup_texts.hpp"

namespace parley {
namespace {

constexpr int kTexts = 10'000;
constexpr int kTextsPerLine = 100;
constexpr std::uint64_t kSeed = 2026;

// FNV-1a over every field of a tree, little endian.
class Digest {
  public:
    void add(std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8) add_byte(static_cast<std::uint8_t>(value >> shift));
    }
    void add(const std::string& text) {
        add(text.size());
        for (const char c : text) add_byte(static_cast<std::uint8_t>(c));
    }
    void add(const markup::Range& range) {
        add(range.begin);
        add(range.end);
    }
    void add(const markup::Block& block) {
        for (const std::uint64_t field :
             {std::uint64_t{static_cast<std::uint8_t>(block.kind)}, std::uint64_t{block.quote_depth},
              std::uint64_t{block.list_depth}, std::uint64_t{static_cast<std::uint8_t>(block.item)},
              std::uint64_t{block.number}, std::uint64_t{block.empty_lines_before}, std::uint64_t{block.first_run},
              std::uint64_t{block.end_run}})
            add(field);
        add(block.language);
    }
    void add(const markup::Run& run) {
        add(run.source);
        for (const std::uint64_t field :
             {std::uint64_t{static_cast<std::uint8_t>(run.kind)}, std::uint64_t{run.style.bold},
              std::uint64_t{run.style.italic}, std::uint64_t{run.style.strike}, std::uint64_t{run.style.code},
              std::uint64_t{run.spoiler}, std::uint64_t{run.link}, run.person().value(), run.room().value()})
            add(field);
    }
    void add(const markup::Tree& tree) {
        add(tree.blocks.size());
        for (const auto& block : tree.blocks) add(block);
        add(tree.runs.size());
        for (const auto& run : tree.runs) add(run);
        add(tree.links.size());
        for (const auto& link : tree.links) add(link.address);
        add(tree.steps);
    }
    [[nodiscard]] std::string hex() const {
        char text[17];
        std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value_));
        return text;
    }

  private:
    void add_byte(std::uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001B3ull; }

    std::uint64_t value_ = 0xCBF29CE484222325ull;
};

std::vector<std::string> lines_of_digests() {
    support::MarkupTexts texts(kSeed);
    std::vector<std::string> lines;
    for (int first = 0; first < kTexts; first += kTextsPerLine) {
        Digest digest;
        for (int i = 0; i < kTextsPerLine; ++i) {
            const auto text = texts.next();
            digest.add(text);
            digest.add(markup::parse(text));
        }
        lines.push_back(std::to_string(first) + ' ' + digest.hex());
    }
    return lines;
}

std::vector<std::string> read_lines(const char* path) {
    std::vector<std::string> lines;
    std::FILE* file = std::fopen(path, "rb");
    if (file == nullptr) return lines;
    std::string line;
    for (int c = 0; (c = std::fgetc(file)) != EOF;) {
        if (c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        lines.push_back(line);
        line.clear();
    }
    std::fclose(file);
    return lines;
}

int write_lines(const char* path, const std::vector<std::string>& lines) {
    std::FILE* file = std::fopen(path, "wb");
    if (file == nullptr) return 1;
    bool whole = true;
    for (const auto& line : lines) whole = std::fprintf(file, "%s\n", line.c_str()) > 0 && whole;
    return std::fclose(file) == 0 && whole ? 0 : 1;
}

int compare(const std::vector<std::string>& golden, const std::vector<std::string>& here) {
    int differ = 0;
    for (std::size_t i = 0; i < here.size(); ++i) {
        if (i < golden.size() && golden[i] == here[i]) continue;
        ++differ;
        std::printf("texts from %s: not the golden trees\n", here[i].c_str());
    }
    const bool same = differ == 0 && golden.size() == here.size();
    std::printf("%d texts, %d of %zu digests differ\n", kTexts, differ, here.size());
    return same ? 0 : 1;
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
    const bool accept = argc == 3 && std::string(argv[2]) == "--accept";
    if (argc != 2 && !accept) {
        std::fputs("usage: markup_trees FILE [--accept]\n", stderr);
        return 2;
    }
    const auto here = parley::lines_of_digests();
    return accept ? parley::write_lines(argv[1], here) : parley::compare(parley::read_lines(argv[1]), here);
}
