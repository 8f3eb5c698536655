namespace Raft.Verified.Tests.House;

/// <summary>The rule that a file is short enough to be read in one go.</summary>
internal static class FileLength
{
    /// <summary>The most lines that a file may have.</summary>
    public const int Most = 400;

    /// <summary>The files that may be longer, because a specification in TLA+ is read, checked and cited as one module.</summary>
    public static IReadOnlyList<string> Excepted { get; } = ["specs/tla/Raft.tla"];

    /// <summary>Returns a violation for each file that is too long, at its first line too many.</summary>
    public static IReadOnlyList<Violation> Check(IEnumerable<SourceFile> files) =>
        [.. files.Where(IsTooLong).Where(file => !Excepted.Contains(file.Path))
            .Select(file => new Violation(file, Most + 1, $"The file has {file.Lines.Length} lines; at most {Most} are allowed. Split it by responsibility."))];

    /// <summary>Returns whether a file has more lines than allowed.</summary>
    public static bool IsTooLong(SourceFile file) => file.Lines.Length > Most;
}
