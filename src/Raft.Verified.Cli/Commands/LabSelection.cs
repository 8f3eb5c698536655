using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Cli.Commands;

/// <summary>The selection of lab tests by the names on the command line.</summary>
internal static class LabSelection
{
    /// <summary>Returns the selected tests, in the order of the suite.</summary>
    /// <param name="all">The tests of the suite.</param>
    /// <param name="typed">The names, prefixes and patterns of the user; empty to select all tests.</param>
    /// <exception cref="InputException">A name, prefix or pattern matches no test.</exception>
    public static IReadOnlyList<LabSuiteTest> Select(IReadOnlyList<LabSuiteTest> all, IReadOnlyList<string> typed)
    {
        foreach (string name in typed)
        {
            if (!all.Any(test => Fits(name, test.Name, all)))
            {
                string missing = NamePattern.IsPattern(name) ? $"no lab test matches '{name}'" : $"unknown lab test '{name}'";
                throw new InputException($"{missing}{Nearest.Suggest(name, all.Select(test => test.Name))}");
            }
        }

        return typed.Count == 0 ? all : [.. all.Where(test => typed.Any(name => Fits(name, test.Name, all)))];
    }

    // A complete name selects only that test, even if other names begin with it.
    private static bool Fits(string typed, string name, IReadOnlyList<LabSuiteTest> all) =>
        NamePattern.Fits(typed, name)
        || (typed.Length > 0 && !NamePattern.IsPattern(typed) && name.StartsWith(typed, StringComparison.Ordinal) && !all.Any(test => test.Name == typed));
}
