#include "ui/marked_paragraph.hpp"

namespace parley::ui {

namespace {

using lettering::Marks;

Colour colour_of(Marks marks, Colour ink) {
    if ((marks & lettering::kComment) != 0) return Colour::code_comment;
    if ((marks & lettering::kString) != 0) return Colour::code_string;
    if ((marks & lettering::kNumber) != 0) return Colour::code_number;
    if ((marks & lettering::kKeyword) != 0) return Colour::code_keyword;
    if ((marks & (lettering::kLink | lettering::kMention)) != 0) return Colour::accent_strong;
    if ((marks & lettering::kItemMark) != 0) return Colour::text_soft;
    if ((marks & lettering::kAside) != 0) return Colour::text_faint;
    return ink;
}

void draw_block(const Painter& paint, ImVec2 at, const Paragraph& paragraph, std::size_t index, float width) {
    const auto& block = paragraph.blocks[index];
    const auto& band = paragraph.bands[index];
    const float top = at.y + band.top;
    const float side = band.right_to_left ? -1.0f : 1.0f;
    const float edge = band.right_to_left ? at.x + width : at.x;
    for (int bar = 0; bar < block.quotes; ++bar) {
        const float x = edge + side * (static_cast<float>(bar) * lettering::kQuoteIndent + 1.5f);
        paint.fill({x - 1.5f, top, 3, band.height}, Colour::line_strong);
    }
    if (!block.code) return;
    const float indent = static_cast<float>(block.quotes) * lettering::kQuoteIndent +
                         static_cast<float>(block.items) * lettering::kItemIndent;
    const Rect box{at.x + indent, top + 1, width - indent, band.height - 2};
    paint.fill(box, Colour::code, space::kRadius);
    paint.outline(box, Colour::line, space::kRadius);
}

// What lies behind the words.
void draw_ground(const Painter& paint, const Rect& box, Marks marks) {
    if ((marks & lettering::kCode) != 0) paint.fill({box.x - 2, box.y + 2, box.w + 4, box.h - 4}, Colour::code, 4);
    if ((marks & lettering::kMention) != 0)
        paint.fill({box.x - 2, box.y + 1, box.w + 4, box.h - 2},
                   (marks & lettering::kMine) != 0 ? Colour::warning_soft : Colour::accent_soft, 4);
    if ((marks & lettering::kSpoiler) != 0) paint.fill({box.x - 2, box.y + 2, box.w + 4, box.h - 4}, Colour::hover, 4);
}

}  // namespace

void draw_marked(const Painter& paint, ImVec2 at, Colour ink, const Paragraph& paragraph, const Rect& band,
                 float width) {
    for (std::size_t i = 0; i < paragraph.blocks.size(); ++i) draw_block(paint, at, paragraph, i, width);
    for (const auto& fragment : paragraph.fragments) {
        const Marks marks = paragraph.marks_of(fragment);
        if (marks != 0) {
            const Rect box = paint.type.box_of(paragraph, fragment);
            const Rect placed{at.x + box.x, at.y + box.y, box.w, box.h};
            draw_ground(paint, placed, marks);
            paint.type.draw(paint.list(), at, paint.theme(colour_of(marks, ink)), paragraph, fragment, band);
            if ((marks & lettering::kStrike) != 0)
                paint.line({placed.x, placed.y + placed.h * 0.52f}, {placed.right(), placed.y + placed.h * 0.52f}, ink);
        } else {
            paint.type.draw(paint.list(), at, paint.theme(ink), paragraph, fragment, band);
        }
    }
}

void draw_mention_mark(const Painter& paint, const Rect& row) {
    paint.fill(row, Colour::warning_soft);
    paint.fill({row.x, row.y, 3, row.h}, Colour::warning);
}

}  // namespace parley::ui
