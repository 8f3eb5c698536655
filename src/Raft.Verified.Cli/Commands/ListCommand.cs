using System.CommandLine;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Simulation;
using Spectre.Console;

namespace Raft.Verified.Cli.Commands;

/// <summary>The command <c>raft list</c>, which lists the scenarios.</summary>
internal static class ListCommand
{
    private static readonly string[] Headings = ["scenario", "servers", "clocks", "goals", "faults", "looks for"];

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
        else if (context.Out.IsTerminal)
        {
            WriteTable(context);
        }
        else
        {
            WriteLines(context);
        }

        return ExitStatus.NothingFound;
    }

    private static void WriteTable(CommandContext context)
    {
        Table table = new() { Border = TableBorder.Horizontal };
        foreach (string heading in Headings)
        {
            table.AddColumn(new TableColumn($"[bold]{heading}[/]") { NoWrap = heading is "scenario" or "clocks" });
        }

        table.Columns[1].RightAligned();
        table.Columns[3].RightAligned();
        table.Columns[4].Width = context.Out.Width / 5;
        foreach (Scenario scenario in context.Scenarios)
        {
            table.AddRow([.. Cells(scenario).Select(Markup.Escape)]);
        }

        context.Out.Open().Write(table);
    }

    // Aligned columns with one line per scenario, whatever its length, for grep and for files.
    private static void WriteLines(CommandContext context)
    {
        string[][] rows = [Headings, .. context.Scenarios.Select(Cells)];
        int[] widths = [.. Headings.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            context.Out.Writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
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
