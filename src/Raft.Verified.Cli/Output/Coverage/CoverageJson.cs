using System.Text.Json;
using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Simulation.Coverage;

namespace Raft.Verified.Cli.Output.Coverage;

/// <summary>
/// What was reached, for programs. Over shards the tables add up, cell by cell; the numbers of states do not: two shards may reach the same one.
/// </summary>
internal static class CoverageJson
{
    /// <summary>Writes the property <c>coverage</c>.</summary>
    public static void Write(Utf8JsonWriter json, CoverageReport coverage)
    {
        json.WriteStartObject("coverage");
        json.WriteNumber("states", coverage.States);
        json.WriteNumber("newInLastTenth", coverage.NewInLastTenth);
        json.WriteStartArray("curve");
        foreach (CurvePoint point in coverage.Curve)
        {
            json.WriteStartObject();
            json.WriteNumber("schedules", point.Schedules);
            json.WriteNumber("states", point.States);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("tables");
        foreach (CoverageTable table in coverage.Tables())
        {
            json.WriteStartObject(table.Name);
            for (int row = 0; row < table.Rows.Count; row++)
            {
                json.WriteStartObject(table.Rows[row]);
                for (int column = 0; column < table.Columns.Count; column++)
                {
                    if (!table.IsImpossible(row, column) || table[row, column] > 0)
                    {
                        json.WriteNumber(table.Columns[column], table[row, column]);
                    }
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
