// A window of ImGui with none of its frame, padding and background: what is drawn while it lives is in it, and what it
// covers does not hear the pointer. Later ones lie above earlier ones.
#pragma once

#include "ui/geometry.hpp"

namespace parley::ui {

class BareWindow {
  public:
    // `behind`: a press on it does not bring it to the front.
    BareWindow(const char* name, const Rect& rect, bool behind) {
        ImGui::SetNextWindowPos(rect.min());
        ImGui::SetNextWindowSize({rect.w, rect.h});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
        ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
        const auto flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                           ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse;
        ImGui::Begin(name, nullptr, behind ? flags | ImGuiWindowFlags_NoBringToFrontOnFocus : flags);
    }
    ~BareWindow() {
        ImGui::End();
        ImGui::PopStyleVar(3);
    }
    BareWindow(const BareWindow&) = delete;
    BareWindow& operator=(const BareWindow&) = delete;
};

}  // namespace parley::ui
