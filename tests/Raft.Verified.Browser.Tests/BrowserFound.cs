namespace Raft.Verified.Tests.Show;

/// <summary>The outcome of the search for a browser.</summary>
/// <param name="Path">The path of the browser's executable; null when there is none.</param>
/// <param name="Reason">How the browser got there, or why there is none.</param>
/// <param name="IsNamed">Whether <c>CHROME_PATH</c> named it: then it is a mistake, and no reason to skip anything, when it cannot be used.</param>
internal sealed record BrowserFound(string? Path, string Reason, bool IsNamed = false)
{
    /// <summary>Tells whether tests that need the browser are skipped: there is none, and nothing says that there must be one.</summary>
    /// <param name="ci">The value of the variable <c>CI</c>; null when it is not set.</param>
    public bool IsSkipped(string? ci) => Path is null && !IsNamed && string.IsNullOrEmpty(ci);
}
