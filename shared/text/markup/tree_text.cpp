// What a tree says, and whom it calls.
#include <algorithm>
#include <unordered_set>

#include "markup/letters.hpp"
#include "markup/markup.hpp"
#include "protocol/limits.hpp"

namespace parley::markup {

namespace {

class PlainText {
  public:
    PlainText(const Tree& tree, std::string_view text, const Names& names, Spoilers spoilers)
        : tree_(tree), text_(text), names_(names), spoilers_(spoilers) {}

    std::string write() {
        for (const auto& block : tree_.blocks) {
            if (&block != &tree_.blocks.front()) plain_.append(block.empty_lines_before + std::size_t{1}, '\n');
            begin(block);
            for (auto run = block.first_run; run < block.end_run; ++run) add(tree_.runs[run]);
        }
        return std::move(plain_);
    }

  private:
    void begin(const Block& block) {
        indent_ = block.item == ItemMark::none ? 2u * block.list_depth : 2u * (block.list_depth - 1u);
        plain_.append(indent_, ' ');
        indent_ = 2u * block.list_depth;
        if (block.item == ItemMark::bullet) plain_ += "\xE2\x80\xA2 ";
        if (block.item == ItemMark::number) plain_ += std::to_string(block.number) + ". ";
        covered_ = 0;
    }

    void add(const Run& run) {
        if (run.kind == RunKind::mark) return;
        if (run.spoiler == 0 || spoilers_ == Spoilers::shown) return say(run);
        if (run.spoiler != covered_)
            plain_ += spoilers_ == Spoilers::named ? "spoiler" : "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88";
        covered_ = run.spoiler;
    }

    void say(const Run& run) {
        switch (run.kind) {
            case RunKind::mark:
                return;
            case RunKind::text:
                plain_ += run.source.of(text_);
                return;
            case RunKind::line_break:
                plain_ += '\n';
                plain_.append(indent_, ' ');
                return;
            case RunKind::person:
                plain_ += '@' + names_.name_of(run.person());
                return;
            case RunKind::room:
                plain_ += '#' + names_.name_of(run.room());
                return;
            case RunKind::here:
                plain_ += "@here";
                return;
            case RunKind::all:
                plain_ += "@all";
                return;
        }
    }

    const Tree& tree_;
    std::string_view text_;
    const Names& names_;
    Spoilers spoilers_;
    std::string plain_;
    std::size_t indent_ = 0;     // of the next lines of this block
    std::uint16_t covered_ = 0;  // the spoiler that stands there already
};

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

// How many characters at text[at], where a line's words begin, would make it an item or a quote but for a backslash
// before the last one; 0 where there are none.
std::size_t line_sign_size(std::string_view text, std::size_t at) {
    if (at == text.size()) return 0;
    if (text[at] == '-' || text[at] == '>') return 1;
    auto end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    return end > at && end < text.size() && text[end] == '.' ? end - at + 1 : 0;
}

bool needs_backslash(std::string_view text, std::size_t at) {
    if (text[at] == ':') return text.substr(at).starts_with("://");
    return std::string_view("\\`*_~|[<").find(text[at]) != std::string_view::npos;
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string source;
    bool line_begins = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (line_begins && !is_blank(text[at])) {
            line_begins = false;
            if (const auto size = line_sign_size(text, at); size > 0) {
                source.append(text.substr(at, size - 1));
                at += size - 1;
                source += '\\';
                source += text[at];
                continue;
            }
        }
        if (needs_backslash(text, at)) source += '\\';
        source += text[at];
        if (text[at] == '\n') line_begins = true;
    }
    return source;
}

std::string mention_of(UserId person) {
    return "<@" + std::to_string(person.value()) + '>';
}
std::string mention_of(RoomId room) {
    return "<#" + std::to_string(room.value()) + '>';
}

Mentions mentions_in(const Tree& tree) {
    Mentions mentions;
    std::unordered_set<UserId> known;
    for (const auto& run : tree.runs) {
        if (run.kind == RunKind::person && known.size() < limits::kMentionsPerMessage &&
            known.insert(run.person()).second)
            mentions.people.push_back(run.person());
        mentions.here = mentions.here || run.kind == RunKind::here;
        mentions.all = mentions.all || run.kind == RunKind::all;
    }
    return mentions;
}

std::string plain_text_of(const Tree& tree, std::string_view text, const Names& names, Spoilers spoilers) {
    return PlainText(tree, text, names, spoilers).write();
}

std::string code_of(const Tree& tree, std::string_view text, const Block& block) {
    std::string code;
    for (auto run = block.first_run; run < block.end_run; ++run) {
        if (tree.runs[run].kind != RunKind::mark) code += tree.runs[run].source.of(text);
    }
    return code;
}

}  // namespace parley::markup
