// A place in a submission, and the list to which a check adds what it finds there.
//
// Cheap to copy; refers to the list, which must outlive it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "services/domain/aggregate/violation.h"
#include "services/domain/rules/rules.h"

namespace nhanrong::domain {

class Field {
 public:
  Field(Violations& found, std::string path) : found_(&found), path_(std::move(path)) {}

  // The field `name` of the message at this place.
  Field operator/(std::string_view name) const {
    return {*found_, path_.empty() ? std::string(name) : path_ + "." + std::string(name)};
  }
  // One element of the list at this place.
  Field operator[](int index) const { return {*found_, path_ + "[" + std::to_string(index) + "]"}; }

  void Break(Rule rule, std::string actual = {}) const {
    Break(std::string(RuleName(rule)), std::move(actual));
  }
  // For rules whose name is made: "<aggregate>.state", "<kind>.taken".
  void Break(std::string rule, std::string actual) const {
    found_->push_back({std::move(rule), path_, std::move(actual)});
  }

  const std::string& path() const { return path_; }
  Violations& found() const { return *found_; }

 private:
  Violations* found_;
  std::string path_;
};

}  // namespace nhanrong::domain
