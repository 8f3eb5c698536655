using Raft.Verified.Linearizability;

namespace Raft.Verified.Cli.Output;

/// <summary>What <c>raft linearize</c> says of a history.</summary>
internal sealed record HistoryVerdict(string File, string Model, LinearizabilityReport Report)
{
    /// <summary>Whether the model was chosen by the operations, so that the verdict should name it.</summary>
    public bool IsModelChosen { get; init; }

    /// <summary>How many lines and entries are not of a numbered client.</summary>
    public int PassedOver { get; init; }

    /// <summary>The verdict in words.</summary>
    public string Text => Report.Verdict switch
    {
        LinearizabilityVerdict.Linearizable => "linearizable",
        LinearizabilityVerdict.NotLinearizable => "not linearizable",
        _ => "unknown",
    };

    /// <summary>One line, and the account below it when there is one.</summary>
    public void Write(OutputStream stream)
    {
        string verdict = stream.Painted(Text, Report.IsLinearizable ? Paint.Green : Paint.Red);
        string size = $"{Format.Count(Report.Operations, "operation")}, {Format.Number(Report.Unanswered)} unanswered";
        string model = IsModelChosen ? $"; model {Model}" : "";
        string others = PassedOver == 0 ? "" : $"; {Format.Count(PassedOver, "other")} passed over";
        stream.Writer.WriteLine($"{Format.OneLine(File)}: {verdict} ({size}{model}{others})");
        foreach (string line in Report.Account.Length == 0 ? [] : Format.Lines(Report.Account))
        {
            stream.Writer.WriteLine($"  {line}");
        }
    }

    /// <summary>Several as one JSON object.</summary>
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
