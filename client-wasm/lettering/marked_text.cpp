#include "lettering/marked_text.hpp"

#include <algorithm>
#include <utility>

#include "emoji/emoji.hpp"
#include "markup/code_colours.hpp"

namespace parley::lettering {

namespace {

using markup::BlockKind;
using markup::ItemMark;
using markup::RunKind;

Marks marks_of(const markup::CodeColour colour) {
    switch (colour) {
        case markup::CodeColour::comment:
            return kComment;
        case markup::CodeColour::string:
            return kString;
        case markup::CodeColour::number:
            return kNumber;
        case markup::CodeColour::keyword:
            return kKeyword;
    }
    return 0;
}

Marks marks_of(const markup::Run& run) {
    Marks marks = 0;
    if (run.style.bold) marks |= kBold;
    if (run.style.italic) marks |= kItalic;
    if (run.style.strike) marks |= kStrike;
    if (run.style.code) marks |= kCode;
    if (run.spoiler != 0) marks |= kSpoiler;
    if (run.link != 0) marks |= kLink;
    return marks;
}

class Setter {
  public:
    Setter(std::string_view source, const markup::Tree& tree, const Reader& reader)
        : source_(source), tree_(tree), reader_(reader) {}

    MarkedText set() {
        for (const auto& block : tree_.blocks) {
            if (!result_.blocks.empty()) result_.text.append(1u + block.empty_lines_before, '\n');
            set_block(block);
        }
        const bool plain = std::all_of(result_.blocks.begin(), result_.blocks.end(), [](const Block& block) {
            return !block.code && block.quotes == 0 && block.items == 0;
        });
        if (plain) result_.blocks.clear();
        return std::move(result_);
    }

  private:
    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(result_.text.size()); }

    void set_block(const markup::Block& block) {
        Block shown;
        shown.begin = here();
        shown.quotes = block.quote_depth;
        shown.items = block.list_depth;
        shown.empty_above = result_.blocks.empty() ? std::uint8_t{0} : block.empty_lines_before;
        shown.code = block.kind == BlockKind::code;
        if (shown.code) {
            set_code(block);
        } else {
            set_item_mark(block);
            for (auto run = block.first_run; run < block.end_run; ++run) set_run(tree_.runs[run]);
        }
        shown.end = here();
        result_.blocks.push_back(shown);
    }

    void set_code(const markup::Block& block) {
        const auto begin = here();
        const auto code = markup::code_of(tree_, source_, block);
        for (const auto& part : markup::colours_of(code, block.language.of(source_)))
            result_.spans.push_back({marks_of(part.colour), begin + part.source.begin, begin + part.source.end});
        result_.text += code;
    }

    void set_item_mark(const markup::Block& block) {
        if (block.item == ItemMark::none) return;
        add(block.item == ItemMark::bullet ? "•" : std::to_string(block.number) + ".", kItemMark, {});
    }

    void set_run(const markup::Run& run) {
        const auto marks = marks_of(run);
        if (run.spoiler != 0 && run.kind != RunKind::mark) {
            result_.has_spoilers = true;
            if (reader_.covers_spoilers) return cover(run.spoiler);
        }
        switch (run.kind) {
            case RunKind::mark:
                return;
            case RunKind::line_break:
                result_.text += '\n';
                return;
            case RunKind::text:
                return set_words(run, marks);
            case RunKind::person:
                return mention(reader_.names.name_of(run.person()), marks, run.person() == reader_.self);
            case RunKind::room:
                return mention(reader_.names.name_of(run.room()), marks, false);
            case RunKind::here:
                return mention("@here", marks, true);
            case RunKind::all:
                return mention("@all", marks, true);
        }
    }

    // Once for each, whatever it is made of.
    void cover(std::uint16_t spoiler) {
        if (std::exchange(covered_, spoiler) != spoiler) add("████", kSpoiler, {});
    }

    void set_words(const markup::Run& run, Marks marks) {
        const auto words = run.source.of(source_);
        std::string address;
        if (run.link != 0 && tree_.links[run.link - 1u].address != words) address = tree_.links[run.link - 1u].address;
        add(words, marks, std::move(address));
    }

    void mention(const std::string& name, Marks marks, bool mine) {
        result_.has_names = true;
        result_.mentions_reader |= mine;
        add(name, static_cast<Marks>(marks | kMention | (mine ? kMine : 0)), {});
    }

    void add(std::string_view words, Marks marks, std::string address) {
        const auto begin = here();
        result_.text += words;
        if (marks == 0) return;
        auto& spans = result_.spans;
        const bool goes_on = !spans.empty() && spans.back().end == begin && spans.back().marks == marks &&
                             spans.back().address == address && (marks & (kMention | kItemMark | kLink)) == 0;
        if (goes_on)
            spans.back().end = here();
        else
            spans.push_back({marks, begin, here(), std::move(address)});
    }

    std::string_view source_;
    const markup::Tree& tree_;
    const Reader& reader_;
    std::uint16_t covered_ = 0;
    MarkedText result_;
};

}  // namespace

MarkedText marked_text(std::string_view source, const Reader& reader) {
    const auto tree = markup::parse(source);
    auto result = Setter(source, tree, reader).set();
    result.only_emoji = result.spans.empty() && result.blocks.empty() && emoji::count_if_only_emoji(result.text) > 0;
    return result;
}

void add_aside(MarkedText& text, std::string_view words) {
    const bool below = !text.blocks.empty() && (text.blocks.back().code || text.blocks.back().quotes > 0);
    if (below) {
        text.text += '\n';
        const auto begin = static_cast<std::uint32_t>(text.text.size());
        text.blocks.push_back({begin, begin, 0, 0, 0, false});
    } else if (!text.text.empty()) {
        text.text += ' ';
    }
    const auto begin = static_cast<std::uint32_t>(text.text.size());
    text.text += words;
    const auto end = static_cast<std::uint32_t>(text.text.size());
    text.spans.push_back({kAside, begin, end, {}});
    if (!text.blocks.empty()) text.blocks.back().end = end;
}

}  // namespace parley::lettering
