"""Questions with typed answers: `await app.push_screen_wait(AskDialog(...))`."""
