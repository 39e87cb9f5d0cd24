#include "ui/preview.hpp"

#include <algorithm>

#include "composing/outgoing.hpp"
#include "composing/slash_command.hpp"
#include "text/names.hpp"
#include "ui/marked_paragraph.hpp"
#include "ui/timeline_rows.hpp"

namespace parley::ui {

namespace {

constexpr float kSide = 14;
constexpr float kTop = 26;
constexpr float kBelow = 10;
constexpr float kTextHighest = 198;  // nine lines; what is more is scrolled

void set(const Scene& scene, Preview& preview, std::string_view draft, float width) {
    auto text = marked(scene, composing::outgoing(scene.chat, composing::without_slash_escape(draft)), true);
    std::vector<Typesetter::Wish> wishes;
    wishes.push_back({text.text, std::move(text.spans), std::move(text.blocks)});
    auto paragraphs = scene.paint.type.lay_out(std::move(wishes), text.only_emoji ? type::kEmoji : type::kBody, width);
    preview.paragraph = std::move(paragraphs.front());
}

// Set anew only when something of it has changed.
void refresh(const Scene& scene, std::string_view draft, float width) {
    Preview& preview = scene.screen.preview;
    const auto edition = scene.paint.type.edition();
    const auto names = scene.around.chat_version;
    const bool same = preview.source == draft && preview.width == width && preview.edition == edition;
    if (same && preview.names == names) return;
    set(scene, preview, draft, width);
    if (preview.source != draft) preview.scroll.push(1e6f, true);  // she writes at its end, mostly
    preview.source = draft;
    preview.width = width;
    preview.edition = edition;
    preview.names = names;
}

float text_height(const Scene& scene) {
    return std::min(scene.screen.preview.paragraph.height, kTextHighest);
}

}  // namespace

float preview_height(const Scene& scene, float width) {
    if (!scene.screen.preview.wanted || scene.screen.low) return 0;  // no room for it
    const auto& draft = scene.screen.drafts[scene.screen.open];
    if (text::is_blank(draft) || composing::slash_command_in(draft)) return 0;
    refresh(scene, draft, width - 2 * kSide);
    return kTop + text_height(scene) + kBelow;
}

void draw_preview(const Scene& scene, const Rect& strip) {
    const Painter& paint = scene.paint;
    Preview& preview = scene.screen.preview;
    paint.fill(strip, Colour::panel, space::kRadius);
    paint.text({strip.x + kSide, strip.y + 5}, type::kCaptionStrong, Colour::text_faint, "Preview");
    const Rect view{strip.x + kSide, strip.y + kTop, strip.w - 2 * kSide, text_height(scene)};
    scene.screen.scrollables.push_back({strip, &preview.scroll});
    preview.scroll.advance(ImGui::GetIO().DeltaTime, preview.paragraph.height, view.h);
    ImGui::PushClipRect(view.inset(-4, 0).min(), view.inset(-4, 0).max(), true);
    draw_marked(paint, {view.x, view.y - preview.scroll.offset()}, Colour::text, preview.paragraph, view, view.w);
    ImGui::PopClipRect();
    paint.semantics.declare(node_id(0, "preview"), Role::text, view, "Preview: " + preview.paragraph.text);
}

}  // namespace parley::ui
