using Xunit;

namespace Raft.Verified.Tests.House;

/// <summary>A place that breaks a rule of the house.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Text">A sentence that says what stands there, and what was expected.</param>
internal sealed record Violation(SourceFile File, int Line, string Text)
{
    /// <summary>Fails the test if there are violations: with one line per violation, and before them their number in each project.</summary>
    public static void AssertNone(IReadOnlyList<Violation> violations)
    {
        IEnumerable<string> counts = violations.CountBy(violation => violation.File.Project).Select(count => $"{count.Value} in {count.Key}");
        Assert.True(violations.Count == 0, $"Violations: {string.Join(", ", counts)}\n{string.Join('\n', violations)}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File.Path}:{Line}: {Text}";
}
