using Raft.Verified.Linearizability;

namespace Raft.Verified.Cli.Output;

/// <summary>The verdict of <c>raft linearize</c> about a history.</summary>
/// <param name="File">The name of the file, for messages.</param>
/// <param name="Model">The name of the model.</param>
/// <param name="Report">The report of the checker.</param>
internal sealed record HistoryVerdict(string File, string Model, LinearizabilityReport Report)
{
    /// <summary>True when the model was derived from the operations, so that the output should name it.</summary>
    public bool IsModelChosen { get; init; }

    /// <summary>The number of skipped lines and entries, which are not of a numbered client.</summary>
    public int PassedOver { get; init; }

    /// <summary>The verdict in words.</summary>
    public string Text => Report.Verdict switch
    {
        LinearizabilityVerdict.Linearizable => "linearizable",
        LinearizabilityVerdict.NotLinearizable => "not linearizable",
        _ => "unknown",
    };

    /// <summary>Writes the verdict in one line, followed by the explanation if there is one.</summary>
    /// <param name="stream">The destination of the output.</param>
    public void Write(OutputStream stream)
    {
        string verdict = stream.Painted(Text, Report.IsLinearizable ? Paint.Green : Paint.Red);
        string size = $"{Format.Count(Report.Operations, "operation")}, {Format.Number(Report.Unanswered)} unanswered";
        string model = IsModelChosen ? $"; model {Model}" : "";
        string others = PassedOver == 0 ? "" : $"; {Format.Count(PassedOver, "other")} skipped";
        stream.Writer.WriteLine($"{Format.OneLine(File)}: {verdict} ({size}{model}{others})");
        foreach (string line in Report.Account.Length == 0 ? [] : Format.Lines(Report.Account))
        {
            stream.Writer.WriteLine($"  {line}");
        }
    }

    /// <summary>Returns several verdicts as one JSON object.</summary>
    /// <param name="verdicts">The verdicts in the order of the files.</param>
    public static string Json(IEnumerable<HistoryVerdict> verdicts) => JsonReport.Write(json =>
    {
        json.WriteStartArray("histories");
        foreach (HistoryVerdict verdict in verdicts)
        {
            json.WriteStartObject();
            json.WriteString("file", verdict.File);
            json.WriteString("model", verdict.Model);
            json.WriteString("verdict", verdict.Text);
            json.WriteBoolean("linearizable", verdict.Report.IsLinearizable);
            json.WriteNumber("operations", verdict.Report.Operations);
            json.WriteNumber("unanswered", verdict.Report.Unanswered);
            json.WriteNumber("passedOver", verdict.PassedOver);
            json.WriteString("account", verdict.Report.Account);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
