using System.CommandLine;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Tables;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>The command <c>raft list</c>, which lists the scenarios.</summary>
internal static class ListCommand
{
    private static readonly TextColumn[] Columns =
    [
        new("scenario"),
        new("servers", Rank: 1, IsNumber: true),
        new("clocks", Rank: 4),
        new("goals", Rank: 3, IsNumber: true),
        new("faults", Rank: 2, Wrap: 22),
        new("looks for", Wrap: 32),
    ];

    public static Command Create(CommandContext context)
    {
        Option<string?> assembly = AssemblyOption.Create();
        Option<bool> json = new("--json") { Description = "Prints the list as one JSON object, including the goals." };
        Command command = new("list", "Lists the scenarios with their servers, clocks, faults and purposes.") { assembly, json };
        command.SetAction(parsed => Run(AssemblyOption.Apply(context, parsed.GetValue(assembly)), parsed.GetValue(json)));
        return command;
    }

    private static int Run(CommandContext context, bool json)
    {
        if (json)
        {
            context.Out.Writer.WriteLine(JsonReport.Of(context.Scenarios));
        }
        else
        {
            TextTable table = new(Columns);
            foreach (Scenario scenario in context.Scenarios)
            {
                table.Add(Cells(scenario));
            }

            table.Write(context.Out);
        }

        return ExitStatus.NothingFound;
    }

    private static string[] Cells(Scenario scenario) =>
    [
        scenario.Name,
        Format.Number(scenario.Cluster.Servers),
        ScenarioText.ClocksInAWord(scenario),
        Format.Number(scenario.Goals.Count),
        scenario.Faults,
        scenario.LooksFor,
    ];
}
