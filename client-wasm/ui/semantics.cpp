#include "ui/semantics.hpp"

#include <cmath>

namespace parley::ui {

namespace {

enum Op : std::uint8_t {
    kInsert = 1,
    kRemove,
    kPlace,
    kRect,
    kName,
    kState,
    kValue,
    kDetail,
    kFocus,
    kAnnounce,
    kInset
};

// FNV-1a, never 0: 0 is the page.
NodeId mix(NodeId hash, std::string_view bytes) {
    hash ^= 2166136261u;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
    return hash == 0 ? 1 : hash;
}

bool is_field(Role role) {
    return role == Role::text_box || role == Role::composer || role == Role::combo_box;
}

}  // namespace

NodeId node_id(NodeId parent, std::string_view key) {
    return mix(parent, key);
}

NodeId node_id(NodeId parent, std::uint64_t key) {
    char bytes[sizeof key];
    for (char& byte : bytes) {
        byte = static_cast<char>(key & 0xFFu);
        key >>= 8;
    }
    return mix(parent, {bytes, sizeof bytes});
}

void Semantics::begin_frame() {
    nodes_.clear();
    open_.clear();
    ++frame_;
}

Node& Semantics::declare(NodeId id, Role role, const Rect& rect, std::string_view name) {
    if (nodes_.size() >= kMostNodes) return spare_ = {};
    Node& node = nodes_.emplace_back();
    node.id = id;
    node.parent = parent();
    node.role = role;
    node.rect = rect;
    node.name = name;
    return node;
}

void Semantics::announce(std::string text) {
    announcements_.push_back(std::move(text));
}

std::span<const std::byte> Semantics::end_frame() {
    out_.clear();
    std::unordered_map<NodeId, NodeId> last_child;
    for (const Node& node : nodes_) {
        const auto known = shown_.find(node.id);
        if (known != shown_.end() && known->second.node.role == node.role)
            known->second.frame = frame_;  // another role is another node
    }
    remove_vanished();
    for (const Node& node : nodes_) {
        NodeId& last = last_child[node.parent];
        update(node, last);
        last = node.id;
    }
    if (wanted_focus_ != 0 && shown_.contains(wanted_focus_)) {
        op(kFocus, wanted_focus_);
        wanted_focus_ = 0;
    }
    for (const auto& announcement : announcements_) {
        u8(kAnnounce);
        text(announcement);
    }
    announcements_.clear();
    events_.clear();
    return out_;
}

void Semantics::remove_vanished() {
    std::erase_if(shown_, [&](const auto& entry) {
        if (entry.second.frame == frame_) return false;
        op(kRemove, entry.first);
        if (focused_ == entry.first) focused_ = 0;
        return true;
    });
}

void Semantics::update(const Node& node, NodeId previous) {
    const auto known = shown_.find(node.id);
    const bool is_new = known == shown_.end();
    if (is_new) {
        op(kInsert, node.id);
        u32(node.parent);
        u8(static_cast<std::uint8_t>(node.role));
    }
    if (is_new || known->second.previous != previous) {
        op(kPlace, node.id);
        u32(previous);
    }
    write_rect(node, is_new ? nullptr : &known->second);
    if (node.role == Role::article) write_inset(node, is_new ? nullptr : &known->second.node);
    write_changes(node, is_new ? nullptr : &known->second.node);
    shown_[node.id] = Known{node, previous, origin_of(node), frame_};
}

void Semantics::write_changes(const Node& node, const Node* before) {
    const auto text_op = [&](std::uint8_t code, const std::string& now, const std::string* then) {
        if (then != nullptr ? now == *then : now.empty()) return;
        op(code, node.id);
        text(now);
    };
    text_op(kName, node.name, before != nullptr ? &before->name : nullptr);
    text_op(kDetail, node.detail, before != nullptr ? &before->detail : nullptr);
    if (!is_field(node.role)) {
        text_op(kValue, node.value, before != nullptr ? &before->value : nullptr);
    } else if (before == nullptr || before->value_version != node.value_version) {
        op(kValue, node.id);
        text(node.value);
    }
    if (before == nullptr || before->state != node.state) {
        op(kState, node.id);
        u16(node.state);
    }
}

Rect Semantics::origin_of(const Node& node) const {
    const auto parent_now = shown_.find(node.parent);
    return parent_now != shown_.end() ? parent_now->second.node.rect : Rect{};
}

void Semantics::write_rect(const Node& node, const Known* before) {
    const Rect origin = origin_of(node);
    if (before != nullptr && before->node.rect == node.rect && before->origin == origin) return;
    op(kRect, node.id);
    for (const float value : {node.rect.x - origin.x, node.rect.y - origin.y, node.rect.w, node.rect.h}) pixels(value);
}

void Semantics::write_inset(const Node& node, const Node* before) {
    const auto inset = [](const Node& article) {
        return Rect{article.body.x - article.rect.x, article.body.y - article.rect.y, article.body.w, 0};
    };
    if (before != nullptr && inset(*before) == inset(node)) return;
    op(kInset, node.id);
    for (const float value : {inset(node).x, inset(node).y, node.body.w}) pixels(value);
}

void Semantics::deliver(NodeId id, Action action, std::string text) {
    if (action == Action::focus) focused_ = id;
    if (action == Action::blur && focused_ == id) focused_ = 0;
    if (events_.size() < kMostNodes) events_.push_back({id, action, std::move(text)});
}

const std::string* Semantics::find_event(NodeId id, Action action) const {
    for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
        if (event->id == id && event->action == action) return &event->text;
    }
    return nullptr;
}

bool Semantics::clicked(NodeId id) const {
    return find_event(id, Action::click) != nullptr;
}
const std::string* Semantics::changed(NodeId field) const {
    return find_event(field, Action::set_value);
}
const std::string* Semantics::submitted(NodeId field) const {
    return find_event(field, Action::submit);
}
const std::string* Semantics::key(NodeId field) const {
    return find_event(field, Action::key);
}

const Node* Semantics::shown(NodeId id) const {
    const auto known = shown_.find(id);
    return known != shown_.end() ? &known->second.node : nullptr;
}

std::size_t Semantics::line_spans() const {
    std::size_t spans = 0;
    for (const auto& [id, known] : shown_) spans += known.node.role == Role::article ? 3 : 0;
    return spans;
}

void Semantics::op(std::uint8_t code, NodeId id) {
    u8(code);
    u32(id);
}

void Semantics::u16(std::uint16_t value) {
    u8(static_cast<std::uint8_t>(value & 0xFFu));
    u8(static_cast<std::uint8_t>(value >> 8));
}

void Semantics::u32(std::uint32_t value) {
    u16(static_cast<std::uint16_t>(value & 0xFFFFu));
    u16(static_cast<std::uint16_t>(value >> 16));
}

void Semantics::pixels(float value) {
    const auto whole = static_cast<int>(std::lround(std::fmax(-32768.0f, std::fmin(32767.0f, value))));
    u16(static_cast<std::uint16_t>(static_cast<std::int16_t>(whole)));
}

void Semantics::text(std::string_view value) {
    u32(static_cast<std::uint32_t>(value.size()));
    const auto bytes = std::as_bytes(std::span<const char>(value.data(), value.size()));
    out_.insert(out_.end(), bytes.begin(), bytes.end());
}

}  // namespace parley::ui
