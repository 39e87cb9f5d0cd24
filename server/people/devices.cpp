#include "people/device.hpp"

namespace parley::people {

Device* Devices::find(net::ConnectionId connection) const {
    const auto found = devices_.find(connection);
    return found == devices_.end() ? nullptr : found->second;
}

void Devices::tell_all(const net::SharedFrame& profiles) const {
    for (const auto& [id, device] : devices_) device->profiles_changed(profiles);
}

}  // namespace parley::people
