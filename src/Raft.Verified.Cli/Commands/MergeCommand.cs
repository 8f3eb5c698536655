using System.CommandLine;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;

namespace Raft.Verified.Cli.Commands;

/// <summary>The command <c>raft merge REPORT...</c>, which merges the reports of all shards of a test run.</summary>
internal static class MergeCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> reports = new("REPORT")
        {
            Description = "Reports of all shards, as printed by 'raft test --shard i/n --json': one file per shard, in any order.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = new("--json") { Description = "Prints the report as one JSON object, like 'raft test --json'." };
        Option<string?> junit = CommandOptions.FilePath("--junit", "FILE", "Also writes a JUnit report.");
        Command command = new("merge", "Merges the reports of all shards into one, and exits with the status of an unsharded run.")
        {
            reports, json, junit,
        };
        AssemblyOption.Refuse(command, "reports of shards name their scenarios");
        command.SetAction(parsed => Run(context, parsed.GetValue(reports)!, parsed.GetValue(json), parsed.GetValue(junit)));
        return command;
    }

    private static int Run(CommandContext context, string[] files, bool json, string? junit)
    {
        TestFindings merged = ShardMerge.Merge([.. files.Select(file => (file, JsonReportReader.Read(file)))]);
        if (json)
        {
            context.Out.Writer.WriteLine(JsonReport.Of(merged));
        }
        else
        {
            TestReport.WriteScenarios(merged, context.Out);
            TestReport.Write(merged, context.Out);
        }

        if (junit is not null)
        {
            FileOutput.Write(junit, JUnitReport.Of(merged));
        }

        return merged.ExitStatus;
    }
}
