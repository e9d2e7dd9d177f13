<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>DrainTable</name>
    <message numerus="yes">
        <source>the budget %1 allows %Ln disruptions now</source>
        <translation>
            <numerusform>the budget %1 allows %Ln disruption now</numerusform>
            <numerusform>the budget %1 allows %Ln disruptions now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::AccessPage</name>
    <message numerus="yes">
        <source>%Ln subjects can %1</source>
        <comment>%1 is a verb and a resource</comment>
        <translation>
            <numerusform>%Ln subject can %1</numerusform>
            <numerusform>%Ln subjects can %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Something is allowed on %1 of %Ln resources</source>
        <translation>
            <numerusform>Something is allowed on %1 of %Ln resource</numerusform>
            <numerusform>Something is allowed on %1 of %Ln resources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows are on the clipboard</source>
        <translation>
            <numerusform>%Ln row is on the clipboard</numerusform>
            <numerusform>%Ln rows are on the clipboard</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::AccessState</name>
    <message numerus="yes">
        <source>Asking %Ln clusters…</source>
        <translation>
            <numerusform>Asking %Ln cluster…</numerusform>
            <numerusform>Asking %Ln clusters…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln role bindings name roles that do not exist</source>
        <comment>%1 is a cluster</comment>
        <translation>
            <numerusform>%1: %Ln role binding names a role that does not exist</numerusform>
            <numerusform>%1: %Ln role bindings name roles that do not exist</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::BrowserPage</name>
    <message numerus="yes">
        <source>%n names copied</source>
        <translation>
            <numerusform>%n name copied</numerusform>
            <numerusform>%n names copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows copied as text</source>
        <translation>
            <numerusform>%n row copied as text</numerusform>
            <numerusform>%n rows copied as text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark at most %n objects to copy them as YAML</source>
        <translation>
            <numerusform>Mark at most %n object to copy them as YAML</numerusform>
            <numerusform>Mark at most %n objects to copy them as YAML</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objects could not be read: %1</source>
        <comment>%1 is why</comment>
        <translation>
            <numerusform>%n object could not be read: %1</numerusform>
            <numerusform>%n objects could not be read: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objects copied as YAML</source>
        <translation>
            <numerusform>%n object copied as YAML</numerusform>
            <numerusform>%n objects copied as YAML</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows written to %1</source>
        <comment>%1 is a file</comment>
        <translation>
            <numerusform>%n row written to %1</numerusform>
            <numerusform>%n rows written to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objects copied as YAML, with the values of secrets</source>
        <translation>
            <numerusform>%n object copied as YAML, with the values of secrets</numerusform>
            <numerusform>%n objects copied as YAML, with the values of secrets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ChangeFoot</name>
    <message numerus="yes">
        <source>Apply to %Ln clusters</source>
        <translation>
            <numerusform>Apply to %Ln cluster</numerusform>
            <numerusform>Apply to %Ln clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ChangePage</name>
    <message numerus="yes">
        <source>The file will hold the values of %n secret(s) in clear. Only you will be able to read it; whoever you give it to reads them, too.</source>
        <translation>
            <numerusform>The file will hold the values of %n secret in clear. Only you will be able to read it; whoever you give it to reads them, too.</numerusform>
            <numerusform>The file will hold the values of %n secrets in clear. Only you will be able to read it; whoever you give it to reads them, too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ChangeText</name>
    <message numerus="yes">
        <source>%1, %Ln fields</source>
        <comment>%1 is what is done: Apply, Patch</comment>
        <translation>
            <numerusform>%1, %Ln field</numerusform>
            <numerusform>%1, %Ln fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused, so nothing is applied</source>
        <translation>
            <numerusform>%Ln refused, so nothing is applied</numerusform>
            <numerusform>%Ln refused, so nothing is applied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not reached</source>
        <translation>
            <numerusform>%Ln not reached</numerusform>
            <numerusform>%Ln not reached</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflicts to decide</source>
        <translation>
            <numerusform>%Ln conflict to decide</numerusform>
            <numerusform>%Ln conflicts to decide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dry run passed, %Ln cannot be taken back</source>
        <translation>
            <numerusform>Dry run passed, %Ln cannot be taken back</numerusform>
            <numerusform>Dry run passed, %Ln cannot be taken back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dry run passed, %Ln checked later</source>
        <translation>
            <numerusform>Dry run passed, %Ln checked later</numerusform>
            <numerusform>Dry run passed, %Ln checked later</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done everywhere, %Ln not verified</source>
        <translation>
            <numerusform>Done everywhere, %Ln not verified</numerusform>
            <numerusform>Done everywhere, %Ln not verified</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln done</numerusform>
            <numerusform>%Ln done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unknown</source>
        <translation>
            <numerusform>%Ln unknown</numerusform>
            <numerusform>%Ln unknown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not sent</source>
        <translation>
            <numerusform>%Ln not sent</numerusform>
            <numerusform>%Ln not sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set %Ln labels</source>
        <translation>
            <numerusform>Set %Ln label</numerusform>
            <numerusform>Set %Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set %Ln annotations</source>
        <translation>
            <numerusform>Set %Ln annotation</numerusform>
            <numerusform>Set %Ln annotations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln remarks</source>
        <comment>%1 is like accepted in 41 ms</comment>
        <translation>
            <numerusform>%1, %Ln remark</numerusform>
            <numerusform>%1, %Ln remarks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fields in conflict</source>
        <translation>
            <numerusform>%Ln field in conflict</numerusform>
            <numerusform>%Ln fields in conflict</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>%1 is a field</comment>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <comment>in how many clusters</comment>
        <translation>
            <numerusform>%Ln cluster</numerusform>
            <numerusform>%Ln clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln objects in %1</source>
        <comment>%1 is like 2 clusters</comment>
        <translation>
            <numerusform>%Ln object in %1</numerusform>
            <numerusform>%Ln objects in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ClusterActions</name>
    <message numerus="yes">
        <source>Connecting %Ln clusters</source>
        <translation>
            <numerusform>Connecting %Ln cluster</numerusform>
            <numerusform>Connecting %Ln clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Groups of %Ln clusters, divided by commas:</source>
        <translation>
            <numerusform>Groups of %Ln cluster, divided by commas:</numerusform>
            <numerusform>Groups of %Ln clusters, divided by commas:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %Ln names</source>
        <translation>
            <numerusform>Copied %Ln name</numerusform>
            <numerusform>Copied %Ln names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ClusterTable</name>
    <message numerus="yes">
        <source>%Ln pods: %1 running, %2 pending, %3 succeeded, %4 failed</source>
        <translation>
            <numerusform>%Ln pod: %1 running, %2 pending, %3 succeeded, %4 failed</numerusform>
            <numerusform>%Ln pods: %1 running, %2 pending, %3 succeeded, %4 failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ClusterText</name>
    <message numerus="yes">
        <source>%Ln nodes need attention</source>
        <translation>
            <numerusform>%Ln node needs attention</numerusform>
            <numerusform>%Ln nodes need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ConfigPage</name>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <comment>where objects are</comment>
        <translation>
            <numerusform>%Ln cluster</numerusform>
            <numerusform>%Ln clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ConflictPanel</name>
    <message numerus="yes">
        <source>The same for %Ln further objects</source>
        <translation>
            <numerusform>The same for %Ln further object</numerusform>
            <numerusform>The same for %Ln further objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fields belong to others</source>
        <translation>
            <numerusform>%Ln field belongs to others</numerusform>
            <numerusform>%Ln fields belong to others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::CopyQuestion</name>
    <message numerus="yes">
        <source>Copy %Ln files or folders into %1?</source>
        <comment>%1 is a folder</comment>
        <translation>
            <numerusform>Copy %Ln file or folder into %1?</numerusform>
            <numerusform>Copy %Ln files or folders into %1?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are in %1 already. Replace them?</source>
        <comment>%1 is a folder</comment>
        <translation>
            <numerusform>%Ln of them is in %1 already. Replace it?</numerusform>
            <numerusform>%Ln of them are in %1 already. Replace them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DiffView</name>
    <message numerus="yes">
        <source>⋯ %Ln equal lines</source>
        <translation>
            <numerusform>⋯ %Ln equal line</numerusform>
            <numerusform>⋯ %Ln equal lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DrainDialog</name>
    <message numerus="yes">
        <source>%Ln pods are evicted</source>
        <translation>
            <numerusform>%Ln pod is evicted</numerusform>
            <numerusform>%Ln pods are evicted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stay</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%Ln stays</numerusform>
            <numerusform>%Ln stay</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are in the way: allow below what may happen to them</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%Ln is in the way: allow below what may happen to it</numerusform>
            <numerusform>%Ln are in the way: allow below what may happen to them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DrainFollowUp</name>
    <message numerus="yes">
        <source>%1 and %Ln others</source>
        <comment>the first pods</comment>
        <translation>
            <numerusform>%1 and %Ln other</numerusform>
            <numerusform>%1 and %Ln others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::EditorPage</name>
    <message numerus="yes">
        <source>Create %Ln objects</source>
        <translation>
            <numerusform>Create %Ln object</numerusform>
            <numerusform>Create %Ln objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changes</source>
        <comment>in a text</comment>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <comment>where objects are</comment>
        <translation>
            <numerusform>%Ln cluster</numerusform>
            <numerusform>%Ln clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FileCopyTable</name>
    <message numerus="yes">
        <source>%Ln files copied</source>
        <translation>
            <numerusform>%Ln file copied</numerusform>
            <numerusform>%Ln files copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files copied, %1 skipped as equal</source>
        <comment>%1 counts files</comment>
        <translation>
            <numerusform>%Ln file copied, %1 skipped as equal</numerusform>
            <numerusform>%Ln files copied, %1 skipped as equal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <comment>files</comment>
        <translation>
            <numerusform>%Ln left out</numerusform>
            <numerusform>%Ln left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files copied, compared by size alone</source>
        <translation>
            <numerusform>%Ln file copied, compared by size alone</numerusform>
            <numerusform>%Ln files copied, compared by size alone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files copied, some could not be read</source>
        <translation>
            <numerusform>%Ln file copied, some could not be read</numerusform>
            <numerusform>%Ln files copied, some could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <comment>files left out</comment>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FilePane</name>
    <message numerus="yes">
        <source>%Ln files and folders</source>
        <translation>
            <numerusform>%Ln file or folder</numerusform>
            <numerusform>%Ln files and folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chosen, %1 in files</source>
        <comment>%1 is a size</comment>
        <translation>
            <numerusform>%Ln chosen, %1 in files</numerusform>
            <numerusform>%Ln chosen, %1 in files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FilesPage</name>
    <message numerus="yes">
        <source>%n copies are under way, and would be cut.</source>
        <translation>
            <numerusform>A copy is under way, and would be cut.</numerusform>
            <numerusform>%n copies are under way, and would be cut.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <comment>places in a text</comment>
        <translation>
            <numerusform>%Ln replaced</numerusform>
            <numerusform>%Ln replaced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FleetPage</name>
    <message numerus="yes">
        <source>%Ln connected</source>
        <translation>
            <numerusform>%Ln connected</numerusform>
            <numerusform>%Ln connected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters. %1</source>
        <comment>%1 is how many are connected</comment>
        <translation>
            <numerusform>%Ln cluster. %1</numerusform>
            <numerusform>%Ln clusters. %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln clusters shown. %2</source>
        <comment>%2 is how many are connected</comment>
        <translation>
            <numerusform>%1 of %Ln cluster shown. %2</numerusform>
            <numerusform>%1 of %Ln clusters shown. %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln further problems</source>
        <translation>
            <numerusform>%Ln further problem</numerusform>
            <numerusform>%Ln further problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FootBar</name>
    <message numerus="yes">
        <source>%1 of %Ln clusters live</source>
        <comment>how many of those connected</comment>
        <translation>
            <numerusform>%1 of %Ln cluster live</numerusform>
            <numerusform>%1 of %Ln clusters live</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln objects</source>
        <translation>
            <numerusform>%Ln object</numerusform>
            <numerusform>%Ln objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::GroupDialog</name>
    <message numerus="yes">
        <source>%1: %Ln not connected</source>
        <comment>%1 is a group of clusters</comment>
        <translation>
            <numerusform>%1: %Ln not connected</numerusform>
            <numerusform>%1: %Ln not connected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(%Ln run a sign-in program)</source>
        <translation>
            <numerusform>(%Ln runs a sign-in program)</numerusform>
            <numerusform>(%Ln run a sign-in program)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HistoryDialog</name>
    <message numerus="yes">
        <source>%Ln workloads go back.</source>
        <translation>
            <numerusform>%Ln workload goes back.</numerusform>
            <numerusform>%Ln workloads go back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::JournalPage</name>
    <message numerus="yes">
        <source>%Ln lines</source>
        <comment>of the journal</comment>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines written to %1</source>
        <comment>%1 is a file</comment>
        <translation>
            <numerusform>%Ln line written to %1</numerusform>
            <numerusform>%Ln lines written to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::JournalSummary</name>
    <message numerus="yes">
        <source>%Ln unknown</source>
        <comment>results of writes</comment>
        <translation>
            <numerusform>%Ln unknown</numerusform>
            <numerusform>%Ln unknown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <comment>results of writes</comment>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln under way</source>
        <comment>writes</comment>
        <translation>
            <numerusform>%Ln under way</numerusform>
            <numerusform>%Ln under way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not sent</source>
        <comment>writes</comment>
        <translation>
            <numerusform>%Ln not sent</numerusform>
            <numerusform>%Ln not sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Journal: %Ln acts today, %1</source>
        <comment>%1 is how they ended</comment>
        <translation>
            <numerusform>Journal: %Ln act today, %1</numerusform>
            <numerusform>Journal: %Ln acts today, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::KeyTable</name>
    <message numerus="yes">
        <source>expired %Ln days ago</source>
        <comment>a certificate</comment>
        <translation>
            <numerusform>expired %Ln day ago</numerusform>
            <numerusform>expired %Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>ends in %Ln days</source>
        <comment>a certificate</comment>
        <translation>
            <numerusform>ends in %Ln day</numerusform>
            <numerusform>ends in %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days left</source>
        <comment>a certificate</comment>
        <translation>
            <numerusform>%Ln day left</numerusform>
            <numerusform>%Ln days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::LogHistogram</name>
    <message numerus="yes">
        <source>%1 · %Ln lines</source>
        <comment>a time; lines from then on in one bar</comment>
        <translation>
            <numerusform>%1 · %Ln line</numerusform>
            <numerusform>%1 · %Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::LogsLabelDialog</name>
    <message numerus="yes">
        <source>%Ln pods match now.</source>
        <translation>
            <numerusform>%Ln pod matches now.</numerusform>
            <numerusform>%Ln pods match now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::LogsPage</name>
    <message numerus="yes">
        <source>Copied %Ln lines</source>
        <translation>
            <numerusform>Copied %Ln line</numerusform>
            <numerusform>Copied %Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wrote %Ln lines to %1</source>
        <translation>
            <numerusform>Wrote %Ln line to %1</numerusform>
            <numerusform>Wrote %Ln lines to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln streams were cut and go on by themselves</source>
        <comment>of lines</comment>
        <translation>
            <numerusform>%Ln stream was cut and goes on by itself</numerusform>
            <numerusform>%Ln streams were cut and go on by themselves</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sources may not be read</source>
        <translation>
            <numerusform>%Ln source may not be read</numerusform>
            <numerusform>%Ln sources may not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sources do not answer yet and are asked again</source>
        <translation>
            <numerusform>%Ln source does not answer yet and is asked again</numerusform>
            <numerusform>%Ln sources do not answer yet and are asked again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Needs</name>
    <message numerus="yes">
        <source>credentials end in %Ln days</source>
        <translation>
            <numerusform>credentials end in %Ln day</numerusform>
            <numerusform>credentials end in %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln restarts</source>
        <comment>%1 is a pod and its state</comment>
        <translation>
            <numerusform>%1, %Ln restart</numerusform>
            <numerusform>%1, %Ln restarts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more pods do not work</source>
        <translation>
            <numerusform>%Ln more pod does not work</numerusform>
            <numerusform>%Ln more pods do not work</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ObjectActs</name>
    <message numerus="yes">
        <source>%Ln × %1</source>
        <comment>how many objects of kind %1</comment>
        <translation>
            <numerusform>%Ln × %1</numerusform>
            <numerusform>%Ln × %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <comment>where objects are</comment>
        <translation>
            <numerusform>%Ln cluster</numerusform>
            <numerusform>%Ln clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n terminals are opened at once.</source>
        <translation>
            <numerusform>At most %n terminal is opened at once.</numerusform>
            <numerusform>At most %n terminals are opened at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::PortsPage</name>
    <message numerus="yes">
        <source>%Ln port forwards</source>
        <translation>
            <numerusform>%Ln port forward</numerusform>
            <numerusform>%Ln port forwards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::RemarksPanel</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ScopeBar</name>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <translation>
            <numerusform>%Ln cluster</numerusform>
            <numerusform>%Ln clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln namespaces</source>
        <translation>
            <numerusform>%Ln namepaces</numerusform>
            <numerusform>%Ln namespaces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 does not let you list namespaces: type the names of those you may read.</source>
        <comment>%1 is one or more clusters</comment>
        <translation>
            <numerusform>%1 does not let you list namespaces: type the names of those you may read.</numerusform>
            <numerusform>%1 do not let you list namespaces: type the names of those you may read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TablePanel</name>
    <message numerus="yes">
        <source>%n more clusters have something to say</source>
        <translation>
            <numerusform>%n more cluster has something to say</numerusform>
            <numerusform>%n more clusters have something to say</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TableState</name>
    <message numerus="yes">
        <source>%1: only the namespaces %2 may be read</source>
        <comment>%1 is a cluster, %2 a list</comment>
        <translation>
            <numerusform>%1: only the namespace %2 may be read</numerusform>
            <numerusform>%1: only the namespaces %2 may be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TaintDialog</name>
    <message numerus="yes">
        <source>%1 (on %Ln of them)</source>
        <comment>a taint, how many nodes have it</comment>
        <translation>
            <numerusform>%1 (on %Ln of them)</numerusform>
            <numerusform>%1 (on %Ln of them)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TerminalPage</name>
    <message numerus="yes">
        <source>%n sessions are running, and would be cut: %1.</source>
        <comment>%1 are pods</comment>
        <translation>
            <numerusform>%n session is running, and would be cut: %1.</numerusform>
            <numerusform>%n sessions are running, and would be cut: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TerminalView</name>
    <message numerus="yes">
        <source>%n lines are pasted. Each may run at once.</source>
        <translation>
            <numerusform>%n line is pasted. It may run at once.</numerusform>
            <numerusform>%n lines are pasted. Each may run at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::YamlView</name>
    <message numerus="yes">
        <source>%n found</source>
        <comment>places where a text was found</comment>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
</TS>
