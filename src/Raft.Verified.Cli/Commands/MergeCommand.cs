using System.CommandLine;
using Raft.Verified.Cli.Output;

namespace Raft.Verified.Cli.Commands;

/// <summary><c>raft merge REPORT...</c>: one report of those of all shards of a test run.</summary>
internal static class MergeCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> reports = new("REPORT")
        {
            Description = "What 'raft test --shard i/n --json' has printed, a file a shard; all of them, in any order.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = new("--json") { Description = "Prints the report as one JSON object, as 'raft test --json' would have." };
        Option<string?> junit = CommandOptions.FilePath("--junit", "FILE", "Writes a JUnit report, too.");
        Command command = new("merge", "Makes one report of those of all shards of a test run, and ends as a run without shards would have.")
        {
            reports, json, junit,
        };
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
