using System.IO.Enumeration;

namespace Raft.Verified.Cli.Commands;

/// <summary>The matching of names as users type them: exactly, or with the wildcards <c>*</c> and <c>?</c>.</summary>
internal static class NamePattern
{
    /// <summary>Returns true when a typed text contains wildcards.</summary>
    /// <param name="typed">The text that the user typed.</param>
    public static bool IsPattern(string typed) => typed.AsSpan().ContainsAny('*', '?');

    /// <summary>Returns true when a typed text matches a name.</summary>
    /// <param name="typed">The text that the user typed.</param>
    /// <param name="name">The complete name.</param>
    public static bool Fits(string typed, string name) =>
        IsPattern(typed) ? FileSystemName.MatchesSimpleExpression(typed, name, ignoreCase: false) : typed == name;
}
