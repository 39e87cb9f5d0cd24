#include "ui/painter.hpp"

#include <cmath>
#include <cstdint>

#include "text/utf8.hpp"

namespace parley::ui {

namespace {

bool parts_words(char letter) {
    return letter == ' ' || letter == '.' || letter == '_' || letter == '-';
}

// Latin, Greek and Cyrillic: two capitals side by side are read as initials. Elsewhere they would make another word, or
// join; and an emoji fills the tile.
bool stands_beside_another(std::string_view capital) {
    constexpr char32_t kAfterCyrillic = 0x530;
    return !capital.empty() && text::code_point_at(capital, 0).value < kAfterCyrillic;
}

std::string initials_of(Typesetter& type, std::string_view nick) {
    std::string initials;
    bool begins = true;
    for (std::size_t i = 0; i < nick.size(); ++i) {
        const bool parts = parts_words(nick[i]);
        if (begins && !parts) {
            const auto& capital = type.capital(nick.substr(i));
            if (!initials.empty()) return stands_beside_another(capital) ? initials + capital : initials;
            initials = capital;
            if (!stands_beside_another(capital)) return initials;
        }
        begins = parts;
    }
    return initials.empty() && !nick.empty() ? type.capital(nick) : initials;
}

}  // namespace

ImDrawList& Painter::list() {
    return *ImGui::GetWindowDrawList();
}

void Painter::fill(const Rect& rect, Colour colour, float radius) const {
    const auto ink = theme(colour);
    const bool is_opaque = (ink & IM_COL32_A_MASK) == IM_COL32_A_MASK;
    if (radius > 0 || !is_opaque || rect.w * rect.h < kFlooded)
        return list().AddRectFilled(rect.min(), rect.max(), ink, radius);
    list().PushClipRect(rect.min(), rect.max(), true);
    list().AddCallback(flood_, reinterpret_cast<void*>(static_cast<std::uintptr_t>(ink)));
    list().PopClipRect();
}

void Painter::outline(const Rect& rect, Colour colour, float radius, float thickness) const {
    const Rect middle = rect.inset(thickness / 2, thickness / 2);
    list().AddRect(middle.min(), middle.max(), theme(colour), radius, 0, thickness);
}

void Painter::line(ImVec2 from, ImVec2 to, Colour colour) const {
    // Horizontal or vertical, one pixel, on the pixel grid.
    const ImVec2 a{type.snap(from.x), type.snap(from.y)};
    list().AddRectFilled(a, {from.x == to.x ? a.x + 1 : to.x, from.y == to.y ? a.y + 1 : to.y}, theme(colour));
}

float Painter::text(ImVec2 at, TextStyle style, Colour colour, std::string_view words) const {
    return type.draw(list(), at, style, theme(colour), words);
}

float Painter::text_cut(ImVec2 at, float width, TextStyle style, Colour colour, std::string_view words) const {
    return type.draw_cut(list(), at, width, style, theme(colour), words);
}

void Painter::paragraph(ImVec2 at, Colour colour, const Paragraph& lines) const {
    const float line = lines.style.line;
    const Rect band{at.x, at.y - line / 2, 0, lines.height + line};
    for (const auto& fragment : lines.fragments) type.draw(list(), at, theme(colour), lines, fragment, band);
}

void Painter::icon(Icon icon, ImVec2 centre, float size, Colour colour) const {
    draw_icon(list(), icon, centre, size, theme(colour));
}

void Painter::ring_if_focused(NodeId id, const Rect& rect, float radius) const {
    if (!semantics.has_focus(id)) return;
    const Rect ring = rect.inset(-2, -2);
    list().AddRect(ring.min(), ring.max(), theme(Colour::accent), radius + 2, 0, 2);
}

Hit Painter::pointer(NodeId id, const Rect& rect) const {
    Hit hit;
    if (rect.w < 1 || rect.h < 1) return hit;
    ImGui::SetCursorScreenPos(rect.min());
    ImGui::PushID(static_cast<int>(id));
    hit.used = ImGui::InvisibleButton("##hit", {rect.w, rect.h});
    hit.hovered = ImGui::IsItemHovered();
    hit.held = ImGui::IsItemActive();
    ImGui::PopID();
    return hit;
}

// What is pressed within the card stays its, also when the card moves from under the pointer before it is let go: the
// keyboard of a phone comes up when a field is tapped, and the dialog makes room for it.
bool Painter::pressed_beside(const Rect& card, const Rect& shade) const {
    [[maybe_unused]] const Hit within = pointer(node_id(0, "card"), card);
    return pointer(node_id(0, "shade"), shade).used;
}

Hit Painter::hit_of(NodeId id, const Rect& rect, const Control& what) const {
    Hit hit = pointer(id, rect);
    if ((what.state & kDisabled) != 0) return {};
    hit.used |= semantics.clicked(id);
    return hit;
}

void Painter::declare(NodeId id, const Rect& rect, const Control& what) const {
    ring_if_focused(id, what.ring.w > 0 ? what.ring : rect, what.radius);
    Node& node = semantics.declare(id, what.role, rect, what.name);
    node.value = what.value;
    node.detail = what.detail;
    node.keys = what.keys;
    node.hint = what.hint;
    node.state = what.state;
}

bool Painter::icon_button(std::string_view key, const Rect& rect, Icon shape, std::string_view name,
                          std::uint16_t state) const {
    const Control what{.name = name, .value = kNoText, .detail = name, .state = state};
    return control(node_id(semantics.parent(), key), rect, what, [&](const Hit& hit) {
        const bool enabled = (state & kDisabled) == 0;
        const bool lit = hit.hovered || (enabled && (state & kPressed) != 0);
        if (lit) fill(rect, Colour::hover, space::kRadius);
        const Colour colour = !enabled ? Colour::offline : lit ? Colour::text : Colour::text_soft;
        icon(shape, {rect.x + rect.w / 2, rect.y + rect.h / 2}, 20, colour);
    });
}

float Painter::button_width(std::string_view label) const {
    return type.width(label, type::kStrong) + 2 * 18;
}

bool Painter::button(std::string_view key, const Rect& rect, std::string_view label, ButtonKind kind,
                     bool enabled) const {
    return button(key, rect, {.name = label, .state = enabled ? std::uint16_t{0} : std::uint16_t{kDisabled}}, label,
                  kind);
}

bool Painter::button(std::string_view key, const Rect& rect, Control what, std::string_view label,
                     ButtonKind kind) const {
    what.radius = space::kRadius + 1;
    return control(node_id(semantics.parent(), key), rect, what, [&](const Hit& hit) {
        const bool enabled = (what.state & kDisabled) == 0;
        Colour ink = Colour::text;
        if (kind == ButtonKind::primary) {
            fill(rect,
                 !enabled      ? Colour::line_strong
                 : hit.hovered ? Colour::accent_strong
                               : Colour::accent,
                 what.radius);
            ink = enabled ? Colour::on_accent : Colour::text_faint;
        } else {
            if (hit.hovered) fill(rect, Colour::hover, what.radius);
            outline(rect, Colour::line_strong, what.radius);
            ink = !enabled ? Colour::text_faint : kind == ButtonKind::danger ? Colour::danger : Colour::text;
        }
        type.draw_centred(list(), rect, type::kStrong, theme(ink), label);
    });
}

bool Painter::field(std::string_view key, const Rect& rect, const Field& wanted) const {
    const NodeId id = node_id(semantics.parent(), key);
    if (const auto* typed = semantics.changed(id)) *wanted.text = *typed;
    const auto* submitted = semantics.submitted(id);
    if (submitted != nullptr) *wanted.text = *submitted;
    const bool focused = semantics.has_focus(id);
    if (focused) {
        const Rect halo = rect.inset(-3, -3);
        fill(halo, Colour::accent_soft, space::kRadius + 5);
    }
    fill(rect, Colour::field, space::kRadius + 2);
    outline(rect, wanted.invalid ? Colour::danger : focused ? Colour::accent : Colour::line_strong, space::kRadius + 2);
    Node& node = semantics.declare(id, wanted.role, rect.inset(13, 1), wanted.name);
    node.detail = wanted.placeholder;
    node.value = *wanted.text;
    node.value_version = wanted.version;
    if (wanted.invalid) node.state |= kInvalid;
    return submitted != nullptr;
}

void Painter::avatar(const Rect& rect, UserId person, std::string_view nick) const {
    list().AddRectFilled(rect.min(), rect.max(), theme.person(person.value()), rect.w * 0.3f);
    const TextStyle style = rect.w >= 50   ? TextStyle{21, 28, Weight::semibold}
                            : rect.w >= 34 ? TextStyle{14, 20, Weight::semibold}
                            : rect.w >= 26 ? type::kCaptionStrong
                                           : TextStyle{10, 14, Weight::semibold};
    type.draw_centred(list(), rect, style, theme(Colour::on_person), initials_of(type, nick));
}

void Painter::presence_dot(ImVec2 centre, Presence presence, Colour around) const {
    list().AddCircleFilled(centre, 6.5f, theme(around));
    const Colour colour = presence == Presence::online           ? Colour::online
                          : presence == Presence::away           ? Colour::away
                          : presence == Presence::do_not_disturb ? Colour::danger
                                                                 : Colour::offline;
    if (presence == Presence::offline) {
        list().AddCircle(centre, 3.6f, theme(colour), 0, 1.6f);
    } else {
        list().AddCircleFilled(centre, 4.5f, theme(colour));
    }
    // Not by its colour alone.
    if (presence == Presence::do_not_disturb)
        list().AddLine({centre.x - 2.5f, centre.y}, {centre.x + 2.5f, centre.y}, theme(around), 1.6f);
}

float Painter::count_pill(float right, float middle, std::uint32_t count, bool loud) const {
    const std::string number = count > 99 ? "99+" : std::to_string(count);
    const float width = std::max(20.0f, type.width(number, type::kCaptionStrong) + 12);
    const Rect pill{right - width, middle - 10, width, 20};
    fill(pill, loud ? Colour::pill : Colour::line_strong, 10);
    type.draw_centred(list(), pill, type::kCaptionStrong, theme(loud ? Colour::on_pill : Colour::text), number);
    return width;
}

}  // namespace parley::ui
