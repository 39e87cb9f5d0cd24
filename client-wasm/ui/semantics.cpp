#include "ui/semantics.hpp"

#include <algorithm>
#include <array>

namespace parley::ui {

namespace {

using Op = MirrorWriter::Op;

// FNV-1a, never 0: 0 is the page.
NodeId mix(NodeId hash, std::string_view bytes) {
    hash ^= 2166136261u;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
    return hash == 0 ? 1 : hash;
}

// By its order in a log, not by what was declared before it.
bool is_ordered(const Node& node) {
    return node.role == Role::article || node.article.order != 0;
}

bool is_field(Role role) {
    return role == Role::text_box || role == Role::composer || role == Role::combo_box;
}

bool takes_focus(Role role) {
    return role == Role::article || role == Role::log || role == Role::dialog;
}

bool is_row(Role role) {
    return role == Role::list_item || role == Role::option || role == Role::link;
}

// Of what is declared within such a node, which is needed so much itself.
Need need_within(Role role, Need own) {
    if (role == Role::log) return Need::row;
    return role == Role::article ? Need::part : own;
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

void Semantics::begin_frame(NodeId refuge) {
    refuge_ = refuge;
    nodes_.clear();
    open_.clear();
    ++frame_;
}

Node& Semantics::declare(NodeId id, Role role, const Rect& rect, std::string_view name) {
    Node& node = nodes_.emplace_back();
    node.id = id;
    node.parent = parent();
    node.role = role;
    node.need = has_focus_within(id) ? Need::control : need_of(role);
    node.rect = rect;
    node.name = name;
    return node;
}

Need Semantics::need_of(Role role) const {
    if (role == Role::article) return Need::article;
    const Need within = open_.empty() ? Need::control : open_.back().need;
    if (!is_row(role)) return within;
    const bool in_dialog = !open_.empty() && open_.back().in_dialog;
    return std::max(within, in_dialog ? Need::row_of_dialog : Need::row);
}

Group Semantics::group(NodeId id, Role role, const Rect& rect, std::string_view name) {
    const Need need = need_within(role, declare(id, role, rect, name).need);
    return {*this, id, need, role == Role::dialog};
}

Group::Group(Semantics& semantics, NodeId id, Need need, bool dialog) : semantics_(semantics) {
    const bool in_dialog = dialog || (!semantics_.open_.empty() && semantics_.open_.back().in_dialog);
    semantics_.open_.push_back({id, need, in_dialog});
}

Group::~Group() {
    semantics_.open_.pop_back();
}

void Semantics::leave_out_the_least_needed() {
    if (nodes_.size() <= kMostNodes) return;
    std::array<std::size_t, 1 + static_cast<std::size_t>(Need::part)> kept{};
    for (const Node& node : nodes_) ++kept[static_cast<std::size_t>(node.need)];
    std::size_t places = kMostNodes;
    for (auto& count : kept) {
        count = std::min(count, places);
        places -= count;
    }
    std::unordered_set<NodeId> left_out;
    std::erase_if(nodes_, [&](const Node& node) {
        auto& places_left = kept[static_cast<std::size_t>(node.need)];
        const bool stays = places_left > 0 && !left_out.contains(node.parent);
        if (!stays) return left_out.insert(node.id).second;
        --places_left;
        return false;
    });
}

void Semantics::announce(std::string text) {
    announcements_.push_back(std::move(text));
}

std::span<const std::byte> Semantics::end_frame() {
    out_.clear();
    leave_out_the_least_needed();
    std::unordered_map<NodeId, NodeId> last_child;
    for (const Node& node : nodes_) {
        const auto known = shown_.find(node.id);
        if (known != shown_.end() && is_in_its_place(node, known->second)) known->second.frame = frame_;
    }
    const auto heirs = focused_and_around();
    remove_vanished();
    for (const Node& node : nodes_) {
        NodeId& last = last_child[node.parent];
        update(node, last);
        if (!is_ordered(node)) last = node.id;
    }
    out_.append(found_out_);
    found_out_.clear();
    if (!heirs.empty() && focused_ == 0 && wanted_focus_ == 0) pass_focus_on(heirs);
    if (wanted_focus_ != 0 && shown_.contains(wanted_focus_)) {
        out_.begin(Op::focus, wanted_focus_);
        wanted_focus_ = 0;
    }
    for (const auto& announcement : announcements_) out_.announce(announcement);
    announcements_.clear();
    events_.clear();
    return out_.bytes();
}

// In another role or place it is another node, and so is all that is within. Parents are declared first.
bool Semantics::is_in_its_place(const Node& node, const Known& known) const {
    if (known.node.role != node.role || known.node.parent != node.parent) return false;
    const auto parent = shown_.find(node.parent);
    return node.parent == 0 || (parent != shown_.end() && parent->second.frame == frame_);
}

// What has the focus, and from the inside out what it is within and could have it.
std::vector<NodeId> Semantics::focused_and_around() const {
    std::vector<NodeId> all;
    const auto* node = shown(focused_);
    if (node == nullptr) return all;
    all.push_back(focused_);
    for (node = shown(node->parent); node != nullptr; node = shown(node->parent))
        if (takes_focus(node->role)) all.push_back(node->id);
    return all;
}

// To itself where it has only moved. On the page it would be nowhere, and who goes by keys would begin anew.
void Semantics::pass_focus_on(const std::vector<NodeId>& heirs) {
    const auto is_shown = [&](NodeId id) { return shown_.contains(id); };
    const auto heir = std::find_if(heirs.begin(), heirs.end(), is_shown);
    wanted_focus_ = heir != heirs.end() ? *heir : is_shown(refuge_) ? refuge_ : 0;
}

void Semantics::remove_vanished() {
    const bool log_goes = std::any_of(shown_.begin(), shown_.end(), [&](const auto& entry) {
        return entry.second.node.role == Role::log && entry.second.frame != frame_;
    });
    if (log_goes) {
        found_.clear();
        found_out_.clear();
        ++found_edition_;
    }
    std::erase_if(shown_, [&](const auto& entry) {
        if (entry.second.frame == frame_) return false;
        out_.begin(found_.contains(entry.first) ? Op::hide : Op::remove, entry.first);
        if (focused_ == entry.first) focused_ = 0;
        return true;
    });
}

void Semantics::update(const Node& node, NodeId previous) {
    const auto known = shown_.find(node.id);
    const bool is_new = known == shown_.end();
    const Node* before = is_new ? nullptr : &known->second.node;
    if (is_new) {
        out_.begin(Op::insert, node.id);
        out_.u32(node.parent);
        out_.u8(static_cast<std::uint8_t>(node.role));
    }
    if (!is_ordered(node) && (is_new || known->second.previous != previous)) {
        out_.begin(Op::place, node.id);
        out_.u32(previous);
    }
    write_rect(node, is_new ? nullptr : &known->second);
    write_texts(node, before);
    if (node.role == Role::article)
        write_article(node, before);
    else if (is_ordered(node))
        write_order(node, before);
    write_state(node, before);
    shown_[node.id] = Known{node, previous, origin_of(node), frame_};
}

void Semantics::write_texts(const Node& node, const Node* before) {
    const auto text_op = [&](Op code, const std::string& now, const std::string* then) {
        if (then != nullptr ? now == *then : now.empty()) return;
        out_.begin(code, node.id);
        out_.text(now);
    };
    text_op(Op::name, node.name, before != nullptr ? &before->name : nullptr);
    text_op(Op::detail, node.detail, before != nullptr ? &before->detail : nullptr);
    if (node.role == Role::article) return;
    text_op(Op::keys, node.keys, before != nullptr ? &before->keys : nullptr);
    text_op(Op::hint, node.hint, before != nullptr ? &before->hint : nullptr);
    if (!is_field(node.role)) {
        text_op(Op::value, node.value, before != nullptr ? &before->value : nullptr);
    } else if (before == nullptr || before->value_version != node.value_version) {
        out_.begin(Op::value, node.id);
        out_.text(node.value);
    }
}

void Semantics::write_state(const Node& node, const Node* before) {
    if (before != nullptr && before->state == node.state) return;
    out_.begin(Op::state, node.id);
    out_.u16(node.state);
}

Rect Semantics::origin_of(const Node& node) const {
    const auto parent_now = shown_.find(node.parent);
    return parent_now != shown_.end() ? parent_now->second.node.rect : Rect{};
}

void Semantics::write_rect(const Node& node, const Known* before) {
    const Rect origin = origin_of(node);
    if (before != nullptr && before->node.rect == node.rect && before->origin == origin) return;
    out_.begin(Op::rect, node.id);
    out_.rect(node.rect, origin);
}

void Semantics::write_order(const Node& node, const Node* before) {
    if (before != nullptr && before->article.order == node.article.order) return;
    out_.begin(Op::order, node.id);
    out_.number(node.article.order);
}

void Semantics::write_article(const Node& node, const Node* before) {
    const Article& now = node.article;
    const Article* then = before != nullptr ? &before->article : nullptr;
    const bool same_text = then != nullptr && before->value == node.value && then->spans == now.spans &&
                           then->blocks == now.blocks && then->style == now.style;
    if (!same_text) {
        out_.begin(Op::body, node.id);
        out_.body({node.value, now.spans, now.blocks, now.style});
    }
    const auto inset = [](const Rect& part, const Node& of) {
        return Rect{part.x - of.rect.x, part.y - of.rect.y, part.w, 0};
    };
    const bool same_parts = then != nullptr && inset(then->body, *before) == inset(now.body, node) &&
                            inset(then->author, *before) == inset(now.author, node) &&
                            inset(then->time, *before) == inset(now.time, node);
    if (!same_parts) {
        out_.begin(Op::parts, node.id);
        for (const Rect* part : {&now.body, &now.author, &now.time}) out_.part(*part, node.rect);
    }
    write_order(node, before);
    if (now.anchor != 0 && (then == nullptr || then->anchor != now.anchor)) {
        out_.begin(Op::anchor, node.id);
        out_.number(static_cast<double>(now.anchor));
    }
    if (now.position != 0 && (then == nullptr || then->position != now.position)) {
        out_.begin(Op::position, node.id);
        out_.number(static_cast<double>(now.position));
    }
    if (now.moment != 0 && (then == nullptr || then->moment != now.moment)) {
        out_.begin(Op::moment, node.id);
        out_.number(static_cast<double>(now.moment));
    }
}

// --- not in view

void Semantics::keep_found(const Node& article) {
    if (found_.size() >= kMostFound || !found_.insert(article.id).second || shown_.contains(article.id)) return;
    found_out_.begin(Op::find, article.id);
    found_out_.u32(article.parent);
    found_out_.number(article.article.order);
    found_out_.number(static_cast<double>(article.article.anchor));
    found_out_.text(article.name);
    found_out_.text(article.detail);
    found_out_.body({article.value, article.article.spans, article.article.blocks, article.article.style});
}

void Semantics::drop_found(NodeId article) {
    if (found_.erase(article) == 0 || shown_.contains(article)) return;
    found_out_.begin(Op::remove, article);
}

// --- what people did

void Semantics::deliver(NodeId id, Action action, std::string text) {
    if (action == Action::focus) focused_ = id;
    if (action == Action::blur && focused_ == id) focused_ = 0;
    if (events_.size() < kMostNodes) events_.push_back({id, action, std::move(text)});
}

const std::string* Semantics::heard(NodeId id, Action action) const {
    for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
        if (event->id == id && event->action == action) return &event->text;
    }
    return nullptr;
}

std::vector<std::string_view> Semantics::all_heard(NodeId id, Action action) const {
    std::vector<std::string_view> texts;
    for (const auto& event : events_)
        if (event.id == id && event.action == action) texts.emplace_back(event.text);
    return texts;
}

bool Semantics::clicked(NodeId id) const {
    return heard(id, Action::click) != nullptr;
}
const std::string* Semantics::changed(NodeId field) const {
    return heard(field, Action::set_value);
}
const std::string* Semantics::submitted(NodeId field) const {
    return heard(field, Action::submit);
}
const std::string* Semantics::key(NodeId field) const {
    return heard(field, Action::key);
}

const Node* Semantics::shown(NodeId id) const {
    const auto known = shown_.find(id);
    return known != shown_.end() ? &known->second.node : nullptr;
}

bool Semantics::has_focus_within(NodeId group) const {
    NodeId id = focused_;
    while (id != 0 && id != group) {
        const auto* node = shown(id);
        id = node != nullptr ? node->parent : 0;
    }
    return id != 0;
}

std::size_t Semantics::line_spans() const {
    std::size_t spans = 0;
    for (const auto& [id, known] : shown_)
        spans += known.node.role == Role::article ? 3 + known.node.article.spans.size() : 0;
    return spans;
}

}  // namespace parley::ui
