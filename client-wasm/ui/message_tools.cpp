#include "ui/message_tools.hpp"

#include <algorithm>

#include "composing/outgoing.hpp"
#include "ui/composer.hpp"

namespace parley::ui {

namespace {

constexpr std::string_view kThumb = "👍";
constexpr float kSide = 28;
constexpr float kPadding = 3;
constexpr float kFromEdge = 14;  // the scrollbar's place; the rest is beside all text, so that it can be selected

struct Tool {
    std::string_view key;
    Icon icon;
    std::string_view name;
    void (*use)(const Scene&, const Row&);
    std::uint16_t state = 0;
};

void uncover(const Scene& scene, const Row& row) {
    auto& uncovered = scene.screen.uncovered;
    const std::pair which{scene.screen.open, row.message->ordinal};
    if (uncovered.erase(which) == 0) uncovered.insert(which);
}

void copy(const Scene& scene, const Row& row) {
    scene.want(intent::CopyText{composing::editable(scene.chat, row.text)});
}

void copy_link(const Scene& scene, const Row& row) {
    scene.want(intent::CopyLink{scene.screen.open, row.message->ordinal});
}

void forward(const Scene& scene, const Row& row) {
    scene.want(intent::Forward{scene.screen.open, row.message->ordinal});
}

void answer(const Scene& scene, const Row& row) {
    stop_answering(scene.screen);
    ++scene.screen.purposes_given;
    scene.screen.purpose().answering = row.message->ordinal;
    scene.paint.semantics.focus(composer_node());
}

void open_thread(const Scene& scene, const Row& row) {
    scene.want(intent::OpenThread{scene.screen.open, row.message->ordinal});
}

void like(const Scene& scene, const Row& row) {
    const auto& reactions = row.message->reactions;
    const auto mine = std::any_of(reactions.begin(), reactions.end(), [&](const Reaction& reaction) {
        return reaction.emoji.view() == kThumb &&
               std::find(reaction.users.begin(), reaction.users.end(), scene.chat.self) != reaction.users.end();
    });
    scene.want(intent::React{scene.screen.open, row.message->ordinal, std::string(kThumb), !mine});
}

void react(const Scene& scene, const Row& row) {
    scene.screen.show_dialog(Dialog::emoji);
    scene.screen.emoji.reacting = row.message->ordinal;
}

void edit(const Scene& scene, const Row& row) {
    begin_editing(scene, *row.message);
}

void pin(const Scene& scene, const Row& row) {
    scene.want(intent::Pin{scene.screen.open, row.message->ordinal, !row.message->pinned});
}

void mark_unread(const Scene& scene, const Row& row) {
    scene.want(intent::MarkUnread{scene.screen.open, row.message->ordinal});
}

bool is_being_deleted(const Scene& scene, const Message& message) {
    return scene.screen.deleting == std::pair(scene.screen.open, message.ordinal);
}

void ask_to_delete(const Scene& scene, const Row& row) {
    if (is_being_deleted(scene, *row.message)) return;
    scene.screen.deleting = {scene.screen.open, row.message->ordinal};
    scene.paint.semantics.announce("The next button deletes it for everybody.");
}

void remove(const Scene& scene, const Row& row) {
    scene.screen.deleting.reset();
    scene.want(intent::Delete{scene.screen.open, row.message->ordinal});
}

constexpr Tool kUncover{"spoilers", Icon::eye, "Show what is hidden", uncover};
constexpr Tool kCover{"spoilers", Icon::eye, "Hide it again", uncover};
constexpr Tool kLike{"like", Icon::thumb, "React with 👍", like};
constexpr Tool kReact{"react", Icon::smile, "React with another emoji", react};
constexpr Tool kAnswer{"answer", Icon::reply, "Answer", answer};
constexpr Tool kThread{"thread", Icon::message, "Answer in a thread", open_thread};
constexpr Tool kEdit{"edit", Icon::pencil, "Edit", edit};
constexpr Tool kPin{"pin", Icon::pin, "Pin", pin};
constexpr Tool kUnpin{"pin", Icon::pin, "Unpin", pin};
constexpr Tool kDelete{"delete", Icon::trash, "Delete", ask_to_delete};
// Beside it, in the place of another one: a second press on the same place, and a key that is held, are not meant for
// it.
constexpr Tool kDeleting{"delete", Icon::trash, "Delete", ask_to_delete, kPressed};
constexpr Tool kReallyDelete{"really delete", Icon::check, "Delete it for everybody", remove};
constexpr Tool kCopy{"copy", Icon::copy, "Copy text", copy};
constexpr Tool kForward{"forward", Icon::forward, "Forward", forward};
constexpr Tool kLink{"link", Icon::link, "Copy link", copy_link};

constexpr Tool kUnread{"unread", Icon::unread, "Mark unread", mark_unread};

std::vector<Tool> tools_of(const Scene& scene, const Row& row) {
    const Message& message = *row.message;
    if (message.deleted) return {};
    std::vector<Tool> tools;
    if (row.has_spoilers) tools.push_back(row.uncovered ? kCover : kUncover);
    const auto* room = scene.open_room();
    const bool may_post = room != nullptr && scene.chat.may_post(*room);
    const bool rests = room == nullptr || scene.chat.ruler_of(*room).settings.archived;
    if (!rests) tools.insert(tools.end(), {kLike, kReact});
    if (may_post) tools.insert(tools.end(), {kAnswer, message.pinned ? kUnpin : kPin});
    const bool has_thread = room != nullptr && !room->is_thread() && (may_post || message.thread);
    if (has_thread) tools.push_back(kThread);
    const bool is_own = message.author == scene.chat.self && !rests;
    const bool deleting = is_own && is_being_deleted(scene, message);
    if (is_own && may_post) tools.push_back(kEdit);
    if (is_own) tools.push_back(deleting ? kDeleting : kDelete);
    tools.insert(tools.end(), {deleting ? kReallyDelete : kCopy, kLink, kForward, kUnread});
    return tools;
}

// On a phone they take two rows.
std::size_t columns_in(float width, float side) {
    return std::max<std::size_t>(1, static_cast<std::size_t>((width - 2 * kPadding) / side));
}

}  // namespace

Rect message_tools_rect(const Scene& scene, const Row& row, const Rect& message, const Rect& log) {
    const float side = scene.paint.target(kSide);
    const auto tools = tools_of(scene, row).size();
    const auto columns = std::min(tools, columns_in(message.w - kFromEdge - 4, side));
    const float width = static_cast<float>(columns) * side + 2 * kPadding;
    const float height = static_cast<float>((tools + columns - 1) / columns) * side + 2 * kPadding;
    // On a narrow screen, and where there are several, the text goes on below it: it stands on the message's upper
    // edge.
    const bool beside = !scene.screen.narrow && width <= 40;
    const float middle = beside ? message.y + type::kBody.line / 2 + 2 : message.y;
    const float top = std::clamp(middle - height / 2, log.y + 2, std::max(log.y + 2, log.bottom() - height - 2));
    return {message.right() - kFromEdge - width, scene.paint.type.snap(top), width, height};
}

void keep_deleting(const Scene& scene, const Message* message) {
    auto& deleting = scene.screen.deleting;
    const bool is_here = deleting && deleting->first == scene.screen.open;
    if (is_here && (message == nullptr || !is_being_deleted(scene, *message))) deleting.reset();
}

void draw_message_tools(const Scene& scene, const Row& row, const Rect& bar) {
    const Painter& paint = scene.paint;
    paint.fill(bar, Colour::raised, space::kRadius);
    paint.outline(bar, Colour::line_strong, space::kRadius);
    const Rect inside = bar.inset(kPadding, kPadding);
    const float side = paint.target(kSide);
    const auto columns = columns_in(bar.w, side);
    std::size_t place = 0;
    for (const auto& tool : tools_of(scene, row)) {
        const Rect at{inside.x + static_cast<float>(place % columns) * side,
                      inside.y + static_cast<float>(place / columns) * side, side, side};
        ++place;
        if (paint.icon_button(tool.key, at, tool.icon, tool.name, tool.state)) tool.use(scene, row);
    }
}

}  // namespace parley::ui
