// Package rights says whether a file or a folder is its user's alone to change.
// What others can change is not read: a journal, or settings that name a program,
// would be theirs as much as the user's. Nothing is repaired behind the user's
// back: a folder may be more than lull's.
package rights
