// What the canvas shows, as nodes with roles and names (DESIGN section 6): declared by the panels while they draw,
// compared with the frame before, and sent to the page's DOM layer as operations only where something changed. The way
// back carries what people did to a node. Pure values: no browser here. One thread; lives as long as the view. The
// numbers of Role, State and Action are in step with web/semantics.js.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ui/mirror_writer.hpp"

namespace parley::ui {

enum class Role : std::uint8_t {
    navigation = 1,
    main,
    complementary,
    log,
    article,
    list,
    list_item,
    link,
    button,
    dialog,
    heading,
    status,
    text_box,
    composer,
    combo_box,
    list_box,
    option,
    text,
    alert,
};

enum State : std::uint16_t {
    kDisabled = 1,
    kCurrent = 2,
    kExpanded = 4,
    kCollapsed = 8,
    kSelected = 16,
    kHidden = 32,
    kInvalid = 64,
    kPressed = 128,
    kUnpressed = 256,
};

// `reveal`: the browser found something in what is not in view. `drag`: a selection is drawn past an edge; the text is
// how far. `caret`: where the composer's selection begins and ends, in bytes of its text.
enum class Action : std::uint8_t { click = 1, focus, blur, set_value, submit, height, key, reveal, drag, caret };

// Where there is no place for all nodes, the first of these have it: what is always needed, the rows of a dialog, the
// messages, other rows, and what stands within a message.
enum class Need : std::uint8_t { control, row_of_dialog, article, row, part };

// A stable id from what a node stands for.
[[nodiscard]] NodeId node_id(NodeId parent, std::string_view key);
[[nodiscard]] NodeId node_id(NodeId parent, std::uint64_t key);

// What only the messages of a log have. A part without width is there to be heard, not to be seen.
struct Article {
    double order = 0;            // among the others of its log; of a text in it too, where it is not 0
    std::uint64_t anchor = 0;    // "#m123" leads to it; 0: nothing does
    std::uint64_t position = 0;  // its number in the whole log; 0: it has none yet
    std::int64_t moment = 0;     // when it was said, in milliseconds since 1970; 0: not yet
    Rect body;
    Rect author;
    Rect time;
    std::vector<lettering::Span> spans;
    std::vector<lettering::Block> blocks;
    lettering::Style style;
    bool operator==(const Article&) const = default;
};

struct Node {
    NodeId id = 0;
    NodeId parent = 0;
    Role role = Role::text;
    Need need = Need::control;
    Rect rect;
    std::string name;    // an article's author
    std::string value;   // visible text where it differs from the name; a field's text; an article's body
    std::string detail;  // a link's address, a field's placeholder, an article's time
    std::string keys;    // that do the same: "Control+B"
    std::string hint;    // of a link: what is told besides its name, also to a pointer that rests on it
    std::uint16_t state = 0;
    std::uint32_t value_version = 0;  // of a field: its text is sent only when this changes
    Article article;
};

class Semantics;

// While it lives, what is declared is within its node, and needed at most so much.
class Group {
  public:
    Group(Semantics& semantics, NodeId id, Need need, bool dialog = false);
    ~Group();
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

  private:
    Semantics& semantics_;
};

class Semantics {
  public:
    static constexpr std::size_t kMostNodes = 150;
    static constexpr std::size_t kMostFound = 1'000;

    // `refuge`: has the focus when what had it is gone with all that it was within; 0: nothing has.
    void begin_frame(NodeId refuge);
    // Declares a node below the innermost open one. The reference is good until the next call. Of more than kMostNodes
    // those are shown that are needed most, the first ones of them, and nothing without what it is within.
    Node& declare(NodeId id, Role role, const Rect& rect, std::string_view name);
    // Declares one that holds others, and stays open while the answer lives.
    [[nodiscard]] Group group(NodeId id, Role role, const Rect& rect, std::string_view name);
    [[nodiscard]] NodeId parent() const { return open_.empty() ? 0 : open_.back().node; }
    void focus(NodeId field) { wanted_focus_ = field; }
    void announce(std::string text);
    // The operations since the frame before; empty if nothing changed. Good until the next call.
    std::span<const std::byte> end_frame();

    // --- articles that are not in view and can be found by the browser; each stays until it is dropped, whether it is
    // declared in a frame or not. Beyond kMostFound nothing is kept.
    // With their log they all go; this rises then, and whoever keeps some begins anew.
    [[nodiscard]] std::uint32_t found_edition() const { return found_edition_; }
    void keep_found(const Node& article);
    void drop_found(NodeId article);
    [[nodiscard]] std::size_t found() const { return found_.size(); }

    // --- what people did; kept for the next frame, then forgotten
    void deliver(NodeId id, Action action, std::string text);
    [[nodiscard]] const std::string* heard(NodeId id, Action action) const;  // the last of this kind
    [[nodiscard]] std::vector<std::string_view> all_heard(NodeId id, Action action) const;
    [[nodiscard]] bool clicked(NodeId id) const;
    [[nodiscard]] const std::string* changed(NodeId field) const;  // the text it has now
    [[nodiscard]] const std::string* submitted(NodeId field) const;
    [[nodiscard]] const std::string* key(NodeId field) const;
    [[nodiscard]] bool has_focus(NodeId id) const { return focused_ == id && id != 0; }
    [[nodiscard]] NodeId focused() const { return focused_; }
    [[nodiscard]] bool has_focus_within(NodeId group) const;
    [[nodiscard]] const Node* shown(NodeId id) const;  // as of the last frame
    [[nodiscard]] std::size_t size() const { return shown_.size(); }
    [[nodiscard]] std::size_t line_spans() const;  // author, time and body of each article, and its links

  private:
    friend class Group;
    struct Known {
        Node node;
        NodeId previous = 0;  // the sibling before it
        Rect origin;          // the parent's rectangle
        std::uint32_t frame = 0;
    };
    struct Event {
        NodeId id;
        Action action;
        std::string text;
    };
    // A node that others are declared within.
    struct Open {
        NodeId node;
        Need need;
        bool in_dialog;
    };
    [[nodiscard]] Need need_of(Role role) const;
    void leave_out_the_least_needed();
    [[nodiscard]] bool is_in_its_place(const Node& node, const Known& known) const;
    [[nodiscard]] std::vector<NodeId> focused_and_around() const;
    void remove_vanished();
    void pass_focus_on(const std::vector<NodeId>& heirs);
    void update(const Node& node, NodeId previous);
    void write_texts(const Node& node, const Node* before);
    void write_state(const Node& node, const Node* before);
    void write_rect(const Node& node, const Known* before);
    void write_order(const Node& node, const Node* before);
    void write_article(const Node& node, const Node* before);
    [[nodiscard]] Rect origin_of(const Node& node) const;

    std::vector<Node> nodes_;
    std::vector<Open> open_;
    std::unordered_map<NodeId, Known> shown_;
    std::unordered_set<NodeId> found_;
    std::uint32_t found_edition_ = 1;
    MirrorWriter out_;
    MirrorWriter found_out_;
    std::vector<Event> events_;
    std::vector<std::string> announcements_;
    NodeId wanted_focus_ = 0;
    NodeId focused_ = 0;
    NodeId refuge_ = 0;
    std::uint32_t frame_ = 0;
};

}  // namespace parley::ui
