// The icons, as strokes on a grid of 20 by 20.
#pragma once

#include <imgui.h>

#include <cstdint>

namespace parley::ui {

enum class Icon : std::uint8_t {
    hash,
    plus,
    pencil,
    compass,
    gear,
    people,
    menu,
    close,
    arrow_down,
    send,
    message,
    copy,
    eye,
    reply,
    forward,
    thumb,
    pin,
    trash,
    check,
    code,
    link,
    smile,
    search,
    info,
    lock,
    megaphone,
    star,
    box,
    unread,
};

// Around `centre`; `size` is the side of the whole grid in CSS pixels.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour);

// The mark of Parley: a speech bubble with two eyes, on a tile of this side that is there already.
void draw_logo(ImDrawList& list, ImVec2 centre, float size, ImU32 ink, ImU32 tile);

}  // namespace parley::ui
