#include "ui/icons.hpp"

#include <cmath>
#include <initializer_list>

namespace parley::ui {

namespace {

// A pen on the grid.
class Pen {
  public:
    Pen(ImDrawList& list, ImVec2 centre, float size, ImU32 colour)
        : list_(list), origin_{centre.x - size / 2, centre.y - size / 2}, unit_(size / 20), colour_(colour) {}

    void line(std::initializer_list<ImVec2> points, bool closed = false) const {
        for (const ImVec2& point : points) list_.PathLineTo(at(point));
        list_.PathStroke(colour_, closed ? ImDrawFlags_Closed : 0, thickness());
    }
    void circle(ImVec2 centre, float radius) const {
        list_.AddCircle(at(centre), radius * unit_, colour_, 0, thickness());
    }
    void dot(ImVec2 centre, float radius) const { list_.AddCircleFilled(at(centre), radius * unit_, colour_); }
    // Angles are radians from the right, clockwise.
    void arc(ImVec2 centre, float radius, float from, float to) const {
        list_.PathArcTo(at(centre), radius * unit_, from, to);
        list_.PathStroke(colour_, 0, thickness());
    }
    void fill(std::initializer_list<ImVec2> points) const {
        for (const ImVec2& point : points) list_.PathLineTo(at(point));
        list_.PathFillConvex(colour_);
    }

  private:
    [[nodiscard]] ImVec2 at(ImVec2 point) const { return {origin_.x + point.x * unit_, origin_.y + point.y * unit_}; }
    [[nodiscard]] float thickness() const { return 1.6f * unit_; }

    ImDrawList& list_;
    ImVec2 origin_;
    float unit_;
    ImU32 colour_;
};

constexpr float kPi = 3.14159265f;

void hash(const Pen& pen) {
    pen.line({{7.8f, 3.5f}, {6.2f, 16.5f}});
    pen.line({{13.8f, 3.5f}, {12.2f, 16.5f}});
    pen.line({{3.8f, 7.5f}, {16.6f, 7.5f}});
    pen.line({{3.4f, 12.5f}, {16.2f, 12.5f}});
}

void pencil(const Pen& pen) {
    pen.line({{10, 4.5f}, {4.5f, 4.5f}, {4.5f, 15.5f}, {15.5f, 15.5f}, {15.5f, 10}});
    pen.line({{8.5f, 11.5f}, {9, 9}, {15, 3}, {17, 5}, {11, 11}}, true);
}

void compass(const Pen& pen) {
    pen.circle({10, 10}, 7);
    pen.line({{12.8f, 7.2f}, {11.2f, 11.2f}, {7.2f, 12.8f}, {8.8f, 8.8f}}, true);
}

void gear(const Pen& pen) {
    pen.circle({10, 10}, 2.6f);
    pen.circle({10, 10}, 5.6f);
    for (int tooth = 0; tooth < 8; ++tooth) {
        const float angle = static_cast<float>(tooth) * kPi / 4 + kPi / 8;
        const ImVec2 out{std::cos(angle), std::sin(angle)};
        pen.line({{10 + out.x * 5.6f, 10 + out.y * 5.6f}, {10 + out.x * 7.8f, 10 + out.y * 7.8f}});
    }
}

void people(const Pen& pen) {
    pen.circle({8, 7}, 2.8f);
    pen.arc({8, 16.5f}, 5.2f, -kPi, 0);
    pen.arc({12.6f, 7}, 2.8f, -kPi * 0.45f, kPi * 0.45f);
    pen.arc({12.4f, 16.5f}, 5.2f, -kPi * 0.42f, 0);
}

void star(const Pen& pen) {
    ImVec2 points[10];
    for (int i = 0; i < 10; ++i) {
        const float angle = static_cast<float>(i) * kPi / 5 - kPi / 2;
        const float radius = i % 2 == 0 ? 7.6f : 3.4f;
        points[i] = {10 + std::cos(angle) * radius, 10.6f + std::sin(angle) * radius};
    }
    pen.line(
        {points[0], points[1], points[2], points[3], points[4], points[5], points[6], points[7], points[8], points[9]},
        true);
}

void send(const Pen& pen) {
    pen.fill({{3.2f, 3.4f}, {17.4f, 10}, {8.2f, 10}});
    pen.fill({{8.2f, 10}, {17.4f, 10}, {3.2f, 16.6f}});
}

void message(const Pen& pen) {
    pen.line({{3.5f, 4.5f}, {16.5f, 4.5f}, {16.5f, 13.5f}, {9, 13.5f}, {5.5f, 16.5f}, {5.5f, 13.5f}, {3.5f, 13.5f}},
             true);
}

void plus(const Pen& pen) {
    pen.line({{10, 4}, {10, 16}});
    pen.line({{4, 10}, {16, 10}});
}

void menu(const Pen& pen) {
    pen.line({{3.5f, 5.5f}, {16.5f, 5.5f}});
    pen.line({{3.5f, 10}, {16.5f, 10}});
    pen.line({{3.5f, 14.5f}, {16.5f, 14.5f}});
}

void close(const Pen& pen) {
    pen.line({{5, 5}, {15, 15}});
    pen.line({{15, 5}, {5, 15}});
}

void arrow_down(const Pen& pen) {
    pen.line({{10, 4}, {10, 16}});
    pen.line({{5, 11}, {10, 16}, {15, 11}});
}

void eye(const Pen& pen) {
    pen.arc({10, 15}, 8.6f, kPi * 1.19f, kPi * 1.81f);
    pen.arc({10, 5}, 8.6f, kPi * 0.19f, kPi * 0.81f);
    pen.circle({10, 10}, 2.4f);
}

void forward(const Pen& pen) {
    pen.line({{11.5f, 4.5f}, {16.5f, 9}, {11.5f, 13.5f}});
    pen.line({{16.5f, 9}, {8, 9}, {3.5f, 11}, {3.5f, 16}});
}

void reply(const Pen& pen) {
    pen.line({{8.5f, 4.5f}, {3.5f, 9}, {8.5f, 13.5f}});
    pen.line({{3.5f, 9}, {12, 9}, {16.5f, 11}, {16.5f, 16}});
}

void thumb(const Pen& pen) {
    pen.line({{6.5f, 9}, {10, 3.5f}, {11.8f, 4.6f}, {11, 8}, {16, 8}, {16.5f, 9.5f}, {15, 16}, {6.5f, 16}}, true);
    pen.line({{3.5f, 9}, {3.5f, 16}});
}

void pin(const Pen& pen) {
    pen.line({{7, 3.5f}, {13, 3.5f}, {12.2f, 8.5f}, {14.5f, 11.5f}, {5.5f, 11.5f}, {7.8f, 8.5f}}, true);
    pen.line({{10, 11.5f}, {10, 17}});
}

void trash(const Pen& pen) {
    pen.line({{3.5f, 5.5f}, {16.5f, 5.5f}});
    pen.line({{7.5f, 5.5f}, {7.5f, 3.5f}, {12.5f, 3.5f}, {12.5f, 5.5f}});
    pen.line({{5, 5.5f}, {5.8f, 16.5f}, {14.2f, 16.5f}, {15, 5.5f}});
}

void check(const Pen& pen) {
    pen.line({{4, 10.5f}, {8.5f, 15}, {16, 5.5f}});
}

void code(const Pen& pen) {
    pen.line({{7, 5}, {2.5f, 10}, {7, 15}});
    pen.line({{13, 5}, {17.5f, 10}, {13, 15}});
}

void link(const Pen& pen) {
    pen.arc({6.5f, 10}, 3.6f, kPi * 0.5f, kPi * 1.5f);
    pen.arc({13.5f, 10}, 3.6f, -kPi * 0.5f, kPi * 0.5f);
    pen.line({{6.5f, 6.4f}, {8.5f, 6.4f}});
    pen.line({{6.5f, 13.6f}, {8.5f, 13.6f}});
    pen.line({{11.5f, 6.4f}, {13.5f, 6.4f}});
    pen.line({{11.5f, 13.6f}, {13.5f, 13.6f}});
    pen.line({{7, 10}, {13, 10}});
}

void smile(const Pen& pen) {
    pen.circle({10, 10}, 7.2f);
    pen.dot({7.4f, 8.2f}, 1.1f);
    pen.dot({12.6f, 8.2f}, 1.1f);
    pen.arc({10, 10.2f}, 3.8f, kPi * 0.15f, kPi * 0.85f);
}

void search(const Pen& pen) {
    pen.circle({8.6f, 8.6f}, 5.2f);
    pen.line({{12.4f, 12.4f}, {16.6f, 16.6f}});
}

void info(const Pen& pen) {
    pen.circle({10, 10}, 7.2f);
    pen.dot({10, 6.6f}, 1.1f);
    pen.line({{10, 9.4f}, {10, 13.8f}});
}

void lock(const Pen& pen) {
    pen.arc({10, 6.2f}, 3.1f, -kPi, 0);
    pen.line({{6.9f, 6.2f}, {6.9f, 9}});
    pen.line({{13.1f, 6.2f}, {13.1f, 9}});
    pen.line({{4.8f, 9}, {15.2f, 9}, {15.2f, 17}, {4.8f, 17}}, true);
    pen.dot({10, 12.9f}, 1.3f);
}

void megaphone(const Pen& pen) {
    pen.line({{3.6f, 8}, {8.4f, 8}, {15.6f, 4}, {15.6f, 15}, {8.4f, 11.6f}, {3.6f, 11.6f}}, true);
    pen.line({{6, 11.6f}, {7.2f, 16.4f}, {9.4f, 16.4f}, {8.4f, 11.6f}});
}

void box(const Pen& pen) {
    pen.line({{3.4f, 4.4f}, {16.6f, 4.4f}, {16.6f, 8}, {3.4f, 8}}, true);
    pen.line({{4.6f, 8}, {4.6f, 16}, {15.4f, 16}, {15.4f, 8}});
    pen.line({{8, 11.2f}, {12, 11.2f}});
}

void unread(const Pen& pen) {
    pen.line({{3, 6.5f}, {17, 6.5f}});
    pen.line({{3, 16}, {17, 16}});
    pen.line({{3, 11.25f}, {10.5f, 11.25f}});
    pen.dot({15, 11.25f}, 2.2f);
}

void copy(const Pen& pen) {
    pen.line({{7, 7}, {16.5f, 7}, {16.5f, 16.5f}, {7, 16.5f}}, true);
    pen.line({{13, 3.5f}, {3.5f, 3.5f}, {3.5f, 13}});
}

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour) {
    const Pen pen(list, centre, size, colour);
    switch (icon) {
        case Icon::hash:
            return hash(pen);
        case Icon::plus:
            return plus(pen);
        case Icon::pencil:
            return pencil(pen);
        case Icon::compass:
            return compass(pen);
        case Icon::gear:
            return gear(pen);
        case Icon::people:
            return people(pen);
        case Icon::menu:
            return menu(pen);
        case Icon::close:
            return close(pen);
        case Icon::arrow_down:
            return arrow_down(pen);
        case Icon::send:
            return send(pen);
        case Icon::message:
            return message(pen);
        case Icon::eye:
            return eye(pen);
        case Icon::forward:
            return forward(pen);
        case Icon::reply:
            return reply(pen);
        case Icon::thumb:
            return thumb(pen);
        case Icon::pin:
            return pin(pen);
        case Icon::trash:
            return trash(pen);
        case Icon::check:
            return check(pen);
        case Icon::code:
            return code(pen);
        case Icon::link:
            return link(pen);
        case Icon::smile:
            return smile(pen);
        case Icon::search:
            return search(pen);
        case Icon::info:
            return info(pen);
        case Icon::lock:
            return lock(pen);
        case Icon::megaphone:
            return megaphone(pen);
        case Icon::star:
            return star(pen);
        case Icon::box:
            return box(pen);
        case Icon::unread:
            return unread(pen);
        case Icon::copy:
            return copy(pen);
    }
}

void draw_logo(ImDrawList& list, ImVec2 centre, float size, ImU32 ink, ImU32 tile) {
    const float unit = size / 28;
    const auto at = [&](float x, float y) { return ImVec2{centre.x + (x - 14) * unit, centre.y + (y - 14) * unit}; };
    list.AddRectFilled(at(6, 6.5f), at(22, 18.5f), ink, 4 * unit);
    list.AddTriangleFilled(at(8.5f, 17), at(8.5f, 23), at(15, 18), ink);
    list.AddCircleFilled(at(11.2f, 12.5f), 1.5f * unit, tile);
    list.AddCircleFilled(at(16.8f, 12.5f), 1.5f * unit, tile);
}

}  // namespace parley::ui
