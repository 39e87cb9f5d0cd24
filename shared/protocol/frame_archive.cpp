#include "protocol/frame_archive.hpp"

#include "protocol/variant_list.hpp"

namespace parley {

namespace {

template <class Event>
void save_event(FrameWriter& archive, const Event& event) {
    archive(event.sequence);
    std::visit(
        [&](const auto& body) {
            archive.fixed(kind_number(body));
            Buffer bytes;
            FrameWriter inner(bytes);
            if constexpr (requires { body.kKind; }) inner(body);
            archive.varint(bytes.size());
            archive.bytes(bytes);
        },
        event.body);
}

template <class Event>
void load_event(FrameReader& archive, Event& event) {
    archive(event.sequence);
    const auto kind = archive.fixed<std::uint8_t>();
    const auto bytes = archive.take(archive.size(limits::kServerFrame, 1));
    if (archive.failed()) return;
    const auto error = read_body(kind, bytes, archive.budget(), event.body);
    if (error != DecodeError::none) archive.fail(error);
}

}  // namespace

void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const RoomEvent& event) {
    save_event(archive, event);
}
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, RoomEvent& event) {
    load_event(archive, event);
}
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const AccountEvent& event) {
    save_event(archive, event);
}
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, AccountEvent& event) {
    load_event(archive, event);
}

}  // namespace parley
