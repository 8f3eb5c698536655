using System.Text.Json;
using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Simulation.Coverage;

namespace Raft.Verified.Cli.Output.Coverage;

/// <summary>
/// The coverage of a scenario as JSON. The tables of several shards can be added cell by cell. The numbers of states
/// cannot, because two shards may reach the same state.
/// </summary>
internal static class CoverageJson
{
    /// <summary>Writes the property <c>coverage</c>.</summary>
    /// <param name="json">The writer, inside of an object.</param>
    /// <param name="coverage">The coverage of a scenario.</param>
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
