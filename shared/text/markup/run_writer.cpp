#include "markup/run_writer.hpp"

#include <algorithm>

#include "markup/brackets.hpp"

namespace parley::markup {

namespace {

bool look_alike(const Run& a, const Run& b) {
    return a.kind == b.kind && a.style == b.style && a.spoiler == b.spoiler && a.link == b.link;
}

}  // namespace

void RunWriter::begin_block(const Block& block, std::uint32_t begin) {
    mark_until(begin);
    block_run_ = next_run();
    tree_.blocks.push_back(block);
    tree_.blocks.back().first_run = block_run_;
}

void RunWriter::end_block() {
    tree_.blocks.back().end_run = block_run_ = next_run();
}

void RunWriter::mark_until(std::uint32_t end) {
    Run run;
    run.kind = RunKind::mark;
    append(run, end);
}

void RunWriter::line_break(std::uint32_t end, bool in_code) {
    Run run = look_;
    run.style.code = in_code;
    run.kind = RunKind::line_break;
    append(run, end);
}

void RunWriter::code_until(std::uint32_t end) {
    Run run = look_;
    run.style.code = true;
    append(run, end);
}

void RunWriter::write(const std::vector<Piece>& pieces, const Delimiters& delimiters) {
    make_room_for(pieces.size());
    for (const auto& piece : pieces) {
        if (piece.kind == PieceKind::delimiter) {
            write(delimiters.at(piece.number), piece.source.end);
            continue;
        }
        if (piece.kind == PieceKind::link_begin) begin_link(pieces[static_cast<std::size_t>(piece.number)].source);
        write(piece);
    }
}

// At once for a long paragraph, and still in large steps for many short ones.
void RunWriter::make_room_for(std::size_t more) {
    auto& runs = tree_.runs;
    if (runs.size() + more > runs.capacity()) runs.reserve(std::max(runs.size() + more, 2 * runs.capacity()));
}

void RunWriter::write(const Piece& piece) {
    const auto end = piece.source.end;
    Run run = look_;
    switch (piece.kind) {
        case PieceKind::text:
        case PieceKind::delimiter:
            return append(run, end);
        case PieceKind::code:
            return code_until(end);
        case PieceKind::mark:
        case PieceKind::link_begin:
            return mark_until(end);
        case PieceKind::line_break:
            return line_break(end, piece.number == kInCode);
        case PieceKind::link_end:
            look_.link = 0;
            return mark_until(end);
        case PieceKind::address:
            if (look_.link == 0) {
                tree_.links.push_back({std::string(piece.source.of(text_))});
                run.link = static_cast<std::uint16_t>(tree_.links.size());
            }
            return append(run, end);
        case PieceKind::person:
            run.kind = RunKind::person;
            run.id = piece.number;
            return append(run, end);
        case PieceKind::room:
            run.kind = RunKind::room;
            run.id = piece.number;
            return append(run, end);
        case PieceKind::here:
            run.kind = RunKind::here;
            return append(run, end);
        case PieceKind::all:
            run.kind = RunKind::all;
            return append(run, end);
    }
}

void RunWriter::write(const Delimiter& delimiter, std::uint32_t end) {
    apply(delimiter, delimiter.closes, false);
    mark_until(written_ + delimiter.closes.characters());
    append(look_, end - delimiter.opens.characters());
    mark_until(end);
    apply(delimiter, delimiter.opens, true);
}

// Its end is "](address)".
void RunWriter::begin_link(Range end) {
    tree_.links.push_back({unescaped(Range{end.begin + 2, end.end - 1}.of(text_))});
    look_.link = static_cast<std::uint16_t>(tree_.links.size());
}

void RunWriter::apply(const Delimiter& delimiter, const Uses& uses, bool opens) {
    if (uses.characters() == 0) return;
    const auto change = [opens](std::uint32_t& count, std::uint32_t by) { count = opens ? count + by : count - by; };
    if (delimiter.mark == '~') {
        change(strike_, uses.doubles);
    } else if (delimiter.mark == '|') {
        if (opens && spoilers_ == 0) ++spoiler_;
        change(spoilers_, uses.doubles);
    } else {
        change(bold_, uses.doubles);
        change(italic_, uses.singles);
    }
    change_look();
}

void RunWriter::change_look() {
    look_.style.bold = bold_ > 0;
    look_.style.italic = italic_ > 0;
    look_.style.strike = strike_ > 0;
    look_.spoiler = spoilers_ > 0 ? spoiler_ : std::uint16_t{0};
}

void RunWriter::append(const Run& run, std::uint32_t end) {
    if (end == written_) return;
    const bool may_join = (run.kind == RunKind::text || run.kind == RunKind::mark) && next_run() > block_run_;
    if (may_join && look_alike(tree_.runs.back(), run)) {
        tree_.runs.back().source.end = end;
    } else {
        tree_.runs.push_back(run);
        tree_.runs.back().source = {written_, end};
    }
    written_ = end;
}

}  // namespace parley::markup
