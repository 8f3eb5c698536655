using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Cli.Commands;

/// <summary>Finds lab tests by what the user typed.</summary>
internal static class LabSelection
{
    /// <summary>The tests of these names, beginnings of names and patterns, in the suite's order; all when none is given.</summary>
    /// <exception cref="InputException">Nothing fits.</exception>
    public static IReadOnlyList<LabSuiteTest> Select(IReadOnlyList<LabSuiteTest> all, IReadOnlyList<string> typed)
    {
        foreach (string name in typed)
        {
            if (!all.Any(test => Fits(name, test.Name, all)))
            {
                string missing = NamePattern.IsPattern(name) ? $"no lab test fits '{name}'" : $"unknown lab test '{name}'";
                throw new InputException($"{missing}{Nearest.Suggest(name, all.Select(test => test.Name))}");
            }
        }

        return typed.Count == 0 ? all : [.. all.Where(test => typed.Any(name => Fits(name, test.Name, all)))];
    }

    // A whole name is that test, whatever others begin with it.
    private static bool Fits(string typed, string name, IReadOnlyList<LabSuiteTest> all) =>
        NamePattern.Fits(typed, name)
        || (typed.Length > 0 && !NamePattern.IsPattern(typed) && name.StartsWith(typed, StringComparison.Ordinal) && !all.Any(test => test.Name == typed));
}
