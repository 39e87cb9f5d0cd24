// The wire a second time, written straight from the page shared/protocol/README.md and without the codec: what a
// message must look like as bytes. It can also write what no value can hold: a text or list one above its bound.
#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>
#include <variant>

#include "protocol/codec.hpp"

namespace parley::support {

class PlainWire {
  public:
    // Makes the `index`-th bounded field (0 is the first that is met) as long as its bound plus `excess`: a text of
    // "a", a list of plain elements.
    struct Stretch {
        std::size_t index;
        std::size_t excess;
    };

    explicit PlainWire(std::optional<Stretch> stretch = std::nullopt) : stretch_(stretch) {}

    template <class Variant>
    [[nodiscard]] static Buffer bytes_of(const Variant& message, std::optional<Stretch> stretch = std::nullopt) {
        PlainWire wire(stretch);
        std::visit(
            [&](const auto& body) {
                wire.number(body.kTag, 1);
                wire(body);
            },
            message);
        return wire.bytes_;
    }
    template <class Variant>
    [[nodiscard]] static std::size_t bounded_fields_of(const Variant& message) {
        PlainWire wire;
        std::visit([&](const auto& body) { wire(body); }, message);
        return wire.bounded_fields_;
    }

    template <class... Fields>
    void operator()(const Fields&... fields) {
        (write(fields), ...);
    }

  private:
    void number(std::uint64_t value, std::size_t bytes) {
        for (std::size_t i = 0; i < bytes; ++i) bytes_.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFF));
    }
    void varint(std::uint64_t value) {
        for (; value > 127; value /= 128) bytes_.push_back(static_cast<std::byte>(128 + value % 128));
        bytes_.push_back(static_cast<std::byte>(value));
    }
    [[nodiscard]] bool stretches() {
        const bool here = stretch_ && stretch_->index == bounded_fields_;
        ++bounded_fields_;
        return here;
    }

    template <class Value>
    void write(const Value& value) {
        if constexpr (std::is_enum_v<Value> || std::is_arithmetic_v<Value>) {
            number(static_cast<std::uint64_t>(value), sizeof(Value));
        } else {
            const_cast<Value&>(value).serialize(*this);  // cereal's signature; this archive only reads
        }
    }
    template <class Kind>
    void write(const Id<Kind>& id) {
        number(id.value(), 8);
    }
    template <class Kind>
    void write(const Place<Kind>& place) {
        varint(place.value());
    }
    template <std::size_t Count>
    void write(const Bytes<Count>& bytes) {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }
    template <class Value>
    void write(const std::optional<Value>& value) {
        number(value ? 1 : 0, 1);
        if (value) write(*value);
    }
    template <std::size_t Maximum>
    void write(const Text<Maximum>& text) {
        const bool stretched = stretches();
        const std::string value = stretched ? std::string(Maximum + stretch_->excess, 'a') : text.str();
        varint(value.size());
        for (const char c : value) bytes_.push_back(static_cast<std::byte>(c));
    }
    template <class Element, std::size_t Maximum>
    void write(const List<Element, Maximum>& list) {
        if (stretches()) {
            const auto count = Maximum + stretch_->excess;
            varint(count);
            for (std::size_t i = 0; i < count; ++i) write(Element{});
            return;
        }
        varint(list.size());
        for (const auto& element : list) write(element);
    }
    void write(const RoomEvent& event) { write_event(event); }
    void write(const AccountEvent& event) { write_event(event); }

    template <class Event>
    void write_event(const Event& event) {
        write(event.sequence);
        PlainWire inner(stretch_);
        inner.bounded_fields_ = bounded_fields_;
        std::visit(
            [&](const auto& body) {
                if constexpr (requires { body.kKind; }) {
                    number(body.kKind, 1);
                    inner(body);
                } else {
                    number(body.kind, 1);
                }
            },
            event.body);
        bounded_fields_ = inner.bounded_fields_;
        varint(inner.bytes_.size());
        bytes_.insert(bytes_.end(), inner.bytes_.begin(), inner.bytes_.end());
    }

    std::optional<Stretch> stretch_;
    std::size_t bounded_fields_ = 0;
    Buffer bytes_;
};

}  // namespace parley::support
