using System.IO.Enumeration;

namespace Raft.Verified.Cli.Commands;

/// <summary>Names as users type them: exactly, or with <c>*</c> and <c>?</c>.</summary>
internal static class NamePattern
{
    /// <summary>Whether what was typed stands for any number of names.</summary>
    public static bool IsPattern(string typed) => typed.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether what was typed stands for this name, among others.</summary>
    public static bool Fits(string typed, string name) =>
        IsPattern(typed) ? FileSystemName.MatchesSimpleExpression(typed, name, ignoreCase: false) : typed == name;
}
