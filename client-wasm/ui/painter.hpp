// What every panel draws with, and the controls they share. Whatever can be used is a control: it paints itself, takes
// the pointer through ImGui, has its node in the mirror at the same place, shows its focus, and says whether it was
// used by either way. Valid for one frame.
//
// What covers much and is opaque is not drawn by triangles: without a graphics processor each pixel of them is a
// texture's sample and a blending, and they were most of a frame.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "protocol/ids.hpp"
#include "protocol/people.hpp"
#include "ui/icons.hpp"
#include "ui/semantics.hpp"
#include "ui/theme.hpp"
#include "ui/typesetter.hpp"

namespace parley::ui {

struct Hit {
    bool hovered = false;
    bool held = false;
    bool used = false;  // clicked, or activated by key or assistive technology
};

// What a control is to those who do not see it, and where its focus is shown to those who do.
struct Control {
    Role role = Role::button;
    std::string_view name;
    std::string_view value = {};   // its visible text where that differs from the name; kNoText: it shows none
    std::string_view detail = {};  // a link's address; what a pointer that rests on a button is told
    std::string_view keys = {};    // that do the same: "Control+B"
    std::string_view hint = {};    // of a link: what is told besides, as `detail` of a button
    std::uint16_t state = 0;
    float radius = space::kRadius;
    Rect ring = {};  // where its focus is shown; empty: around it
};
inline constexpr std::string_view kNoText = " ";

enum class ButtonKind : std::uint8_t { primary, quiet, danger };

// A text field of the page over a painted frame.
struct Field {
    std::string_view name;
    std::string_view placeholder;
    std::string* text = nullptr;  // kept up to date with what is typed
    std::uint32_t version = 0;    // raised when the program changes the text
    bool invalid = false;
    Role role = Role::text_box;
};

class Painter {
  public:
    // `flood` gives every pixel of its command's ClipRect the ImU32 in UserCallbackData.
    Painter(const Theme& theme, Typesetter& typesetter, Semantics& semantics, ImDrawCallback flood, bool touch)
        : theme(theme), type(typesetter), semantics(semantics), touch(touch), flood_(flood) {}

    const Theme& theme;
    Typesetter& type;
    Semantics& semantics;
    const bool touch;  // fingers, not a mouse

    // The side of something to be pressed: large enough for a finger where there is one.
    [[nodiscard]] float target(float side) const { return touch ? std::max(side, kFinger) : side; }
    [[nodiscard]] Rect finger(const Rect& rect) const { return touch ? rect.at_least(kFinger) : rect; }
    static constexpr float kFinger = 44;

    [[nodiscard]] static ImDrawList& list();
    void fill(const Rect& rect, Colour colour, float radius = 0) const;
    void outline(const Rect& rect, Colour colour, float radius, float thickness = 1) const;
    void line(ImVec2 from, ImVec2 to, Colour colour) const;
    void soft_shadow(const Rect& rect, float radius) const;
    float text(ImVec2 at, TextStyle style, Colour colour, std::string_view words) const;
    float text_cut(ImVec2 at, float width, TextStyle style, Colour colour, std::string_view words) const;
    void paragraph(ImVec2 at, Colour colour, const Paragraph& lines) const;
    void icon(Icon icon, ImVec2 centre, float size, Colour colour) const;
    void ring_if_focused(NodeId id, const Rect& rect, float radius) const;

    // The pointer on what only a pointer needs: a scrollbar, the shade around a dialog.
    [[nodiscard]] Hit pointer(NodeId id, const Rect& rect) const;

    // Pressed and let go on the shade around what lies above everything. Call it after that is drawn: of two that lie
    // over each other, ImGui gives the pointer to the first.
    [[nodiscard]] bool pressed_beside(const Rect& card, const Rect& shade) const;

    // --- controls; `key` is unique below the open node
    // The one way to all of them. `look` paints it, given the Hit; that of a disabled one is empty.
    template <class Look>
    bool control(NodeId id, const Rect& rect, const Control& what, Look look) const {
        const Hit hit = hit_of(id, rect, what);
        look(hit);
        declare(id, rect, what);
        return hit.used;
    }
    bool icon_button(std::string_view key, const Rect& rect, Icon icon, std::string_view name,
                     std::uint16_t state = 0) const;
    bool button(std::string_view key, const Rect& rect, std::string_view label, ButtonKind kind,
                bool enabled = true) const;
    // One whose name says more than its label.
    bool button(std::string_view key, const Rect& rect, Control what, std::string_view label, ButtonKind kind) const;
    [[nodiscard]] float button_width(std::string_view label) const;
    // Returns true when Enter was pressed in it.
    bool field(std::string_view key, const Rect& rect, const Field& field) const;
    void avatar(const Rect& rect, UserId person, std::string_view nick) const;
    void presence_dot(ImVec2 centre, Presence presence, Colour around) const;
    // Right-aligned at `right`; returns its width.
    float count_pill(float right, float middle, std::uint32_t count, bool loud) const;

  private:
    [[nodiscard]] Hit hit_of(NodeId id, const Rect& rect, const Control& what) const;
    void declare(NodeId id, const Rect& rect, const Control& what) const;

    static constexpr float kFlooded = 10'000;  // square pixels: below it a command of its own costs more
    ImDrawCallback flood_;
};

}  // namespace parley::ui
